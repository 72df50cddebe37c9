/**
 * TensorFlow graphs: many operations in one call. A run costs JavaScript about as
 * much as a single operation otherwise, and TensorFlow reuses the memory of values
 * that are no longer needed.
 */
import {
  type Attribute,
  attribute,
  FLOAT,
  INT32,
  openGraph,
  type RunGraph,
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
 * import { attribute, FLOAT, tf } from "./engine.ts";
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
    { outputs = 1, after = [] }: CallOptions = {},
  ): Output[] {
    const node = this.#add(name, attributes, [...inputs, ...after]);
    return Array.from({ length: outputs }, (_, i): Output => `${node}:${i}`);
  }

  /** Adds an operation without outputs that changes a variable. */
  effect(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly Output[],
    { after = [] }: Pick<CallOptions, "after"> = {},
  ): ControlDependency {
    return `^${this.#add(name, attributes, [...inputs, ...after])}`;
  }

  /** A float32 or int32 input of any shape, fed in each run. */
  input(type: number = FLOAT): Output {
    return this.op("Placeholder", [attribute.type("dtype", type)], [])[0];
  }

  /** A float32 constant. */
  scalar(value: number): Output {
    return this.#constant(FLOAT, [], Float32Array.of(value));
  }

  /** An int32 constant. */
  integer(value: number): Output {
    return this.#constant(INT32, [], Int32Array.of(value));
  }

  /** An int32 constant vector. */
  integers(values: readonly number[]): Output {
    return this.#constant(INT32, [values.length], Int32Array.from(values));
  }

  /** A float32 variable of any shape. Each session has its own value of it. */
  variable(): Output {
    const node = this.#add(
      "VarHandleOp",
      [
        attribute.type("dtype", FLOAT),
        attribute.string("shared_name", `variable${this.#count}`),
      ],
      [],
      { shape: anyShapeMessage() },
    );
    return `${node}:0`;
  }

  /** A value that is available after other operations have run (by default 0). */
  once(after: readonly ControlDependency[], value = this.scalar(0)): Output {
    const type = attribute.type("T", FLOAT);
    return this.op("Identity", [type], [value], { after })[0];
  }

  /** Opens a session, which runs the graph with its own variables. */
  open(): Session {
    const folder = Deno.makeTempDirSync();
    try {
      Deno.writeFileSync(
        `${folder}/saved_model.pb`,
        savedModel(this.#definition, TAG),
      );
      return new Session(openGraph(folder, TAG));
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  }

  #constant(
    type: number,
    shape: readonly number[],
    values: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>,
  ): Output {
    const dtype = attribute.type("dtype", type);
    const value = constantMessage(type, shape, values);
    return `${this.#add("Const", [dtype], [], { value })}:0`;
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
 * A graph that can be run, with the values of its variables. It stays open until the
 * process ends.
 */
export class Session {
  readonly #run: RunGraph;

  constructor(run: RunGraph) {
    this.#run = run;
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
    return this.#run(
      inputs.map(([, tensor]) => tensor),
      inputs.map(([name]) => ({ name })),
      outputs,
    );
  }
}
