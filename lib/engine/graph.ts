/**
 * TensorFlow graphs: many operations in one call. A run costs JavaScript about as
 * much as a single operation otherwise, and TensorFlow reuses the memory of values
 * that are no longer needed.
 */
import { scratchFolder } from "../files/scratch_folder.ts";
import { type Attribute, attribute, FLOAT, INT32 } from "./attributes.ts";
import {
  type LoadedGraph,
  loadGraph,
  type SessionOptions,
  type tf,
} from "./engine.ts";
import {
  anyShapeMessage,
  type AttributeMessage,
  attributeMessage,
  constantMessage,
  messages,
  savedModel,
} from "./graph_messages.ts";

/** A value in a graph: an operation and the index of one of its outputs. */
export type Output = `${string}:${number}`;

/** A value of a graph and the tensor it has in a run. */
export type Feed = readonly [Output, tf.Tensor];

/** A control dependency: an operation that must have run. */
export type ControlDependency = `^${string}`;

/** The dependency on the operation of a value. */
export function dependencyOn(output: Output): ControlDependency {
  return `^${output.split(":")[0]}`;
}

/** Options of an operation. */
interface CallOptions {
  /** Number of outputs (1). */
  readonly outputs?: number;
  /** Operations that must run before it, in addition to those of its inputs. */
  readonly after?: readonly ControlDependency[];
}

const TAG = "serve";

/**
 * A computation that is built once and run many times.
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { attribute, FLOAT } from "./attributes.ts";
 * import { tf } from "./engine.ts";
 * import { Graph } from "./graph.ts";
 * const graph = new Graph();
 * const [a, b] = [graph.input(), graph.input()];
 * const [sum] = graph.op("AddV2", [attribute.type("T", FLOAT)], [a, b]);
 * const session = graph.open();
 * const [three] = session.run([sum], [[a, tf.scalar(1)], [b, tf.scalar(2)]]);
 * strictEqual(three.dataSync()[0], 3);
 * ```
 */
export class Graph {
  readonly #definition = new messages.GraphDef();
  #count = 0;

  /** Adds a TensorFlow operation by its name; returns its outputs. */
  op(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly Output[],
    options: CallOptions = {},
  ): Output[] {
    return this.node(name, attributes, inputs, options).outputs;
  }

  /** Adds an operation without outputs that changes a variable. */
  effect(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly Output[],
    options: Pick<CallOptions, "after"> = {},
  ): ControlDependency {
    return this.node(name, attributes, inputs, { ...options, outputs: 0 }).done;
  }

  /** Adds an operation; returns its outputs and the dependency on its end. */
  node(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly Output[],
    { outputs = 1, after = [] }: CallOptions = {},
  ): { outputs: Output[]; done: ControlDependency } {
    const node = this.#add(name, attributes, [...inputs, ...after]);
    return {
      outputs: Array.from(
        { length: outputs },
        (_, i): Output => `${node}:${i}`,
      ),
      done: `^${node}`,
    };
  }

  /** An input of any shape, fed in each run. */
  input(type: number = FLOAT): Output {
    return this.op("Placeholder", [attribute.type("dtype", type)], [])[0];
  }

  /** A float32 constant. */
  scalar(value: number): Output {
    return this.constant(FLOAT, [], Float32Array.of(value));
  }

  /** An int32 constant. */
  integer(value: number): Output {
    return this.constant(INT32, [], Int32Array.of(value));
  }

  /** An int32 constant vector. */
  integers(values: readonly number[]): Output {
    return this.constant(INT32, [values.length], Int32Array.from(values));
  }

  /** A constant of a type, shape and values in row-major order. */
  constant(
    type: number,
    shape: readonly number[],
    values: ArrayBufferView<ArrayBuffer>,
  ): Output {
    const dtype = attribute.type("dtype", type);
    const value = constantMessage(type, shape, values);
    return `${this.#add("Const", [dtype], [], { value })}:0`;
  }

  /** A variable of any shape. Each session has its own value of it. */
  variable(type: number = FLOAT): Output {
    const node = this.#add(
      "VarHandleOp",
      [
        attribute.type("dtype", type),
        attribute.string("shared_name", `variable${this.#count}`),
      ],
      [],
      { shape: anyShapeMessage() },
    );
    return `${node}:0`;
  }

  /** A value that is available after other operations have run (by default 0). */
  once(
    after: readonly ControlDependency[],
    value = this.scalar(0),
    type: number = FLOAT,
  ): Output {
    const attributes = [attribute.type("T", type)];
    return this.op("Identity", attributes, [value], { after })[0];
  }

  /** Opens a session, which runs the graph with its own variables. */
  open(options: SessionOptions = {}): Session {
    // TensorFlow reads a graph from disk; a program that may write only to one
    // folder sets `ILS_TMPDIR`.
    using folder = scratchFolder(Deno.env.get("ILS_TMPDIR"));
    Deno.writeFileSync(
      `${folder.path}/saved_model.pb`,
      savedModel(this.#definition, TAG),
    );
    return new Session(loadGraph(folder.path, TAG, options));
  }

  #add(
    operation: string,
    attributes: readonly Attribute[],
    inputs: readonly (Output | ControlDependency)[],
    more: Readonly<Record<string, AttributeMessage>> = {},
  ): string {
    const node = new messages.NodeDef();
    const name = `n${this.#count++}`;
    node.setName(name);
    node.setOp(operation);
    node.setInputList(inputs);
    const all = attributes.map((one) => [one.name, attributeMessage(one)]);
    for (const [key, value] of [...all, ...Object.entries(more)]) {
      node.getAttrMap().set(key as string, value as AttributeMessage);
    }
    this.#definition.addNode(node);
    return name;
  }
}

/**
 * A graph that can be run, with the values of its variables.
 */
export class Session {
  readonly #graph: LoadedGraph;

  constructor(graph: LoadedGraph) {
    this.#graph = graph;
  }

  /**
   * Computes outputs and everything they depend on.
   *
   * @param inputs tensors of the graph's inputs; any other value of the graph can be
   * fed as well and is then not computed
   * @returns tensors in the order of `outputs`; the caller disposes them
   * @throws {Error} from TensorFlow, if an operation fails
   */
  run(
    outputs: readonly Output[],
    inputs: readonly Feed[],
  ): tf.Tensor[] {
    return this.#graph.run(
      inputs.map(([, tensor]) => tensor),
      inputs.map(([name]) => ({ name })),
      outputs,
    );
  }

  /** Frees the graph and its variables; the session cannot run afterwards. */
  close(): void {
    this.#graph.close();
  }
}
