/**
 * TensorFlow's own graphs: operations that are called together. From JavaScript
 * a run costs about as much as one operation does otherwise, and TensorFlow
 * works in place where a value is needed no more.
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

/** A value in a graph: the operation that gives it, and which of its values. */
export type Output = `${string}:${number}`;

/** A value of a graph, and what it is in a run. */
export type Given = readonly [Output, tf.Tensor];

/** That an operation was done. */
export type Done = `^${string}`;

/** How an operation is called. */
interface CallOptions {
  /** How many values it gives; 1 unless given. */
  readonly outputs?: number;
  /** What has to be done before it, beside what it is given. */
  readonly after?: readonly Done[];
}

const TAG = "serve";

/**
 * A computation that is put together once and run many times.
 *
 * @example
 * ```ts
 * import { attribute, FLOAT, tf } from "./engine.ts";
 * import { Graph } from "./graph.ts";
 * const graph = new Graph();
 * const [a, b] = [graph.input(), graph.input()];
 * const [sum] = graph.op("AddV2", [attribute.type("T", FLOAT)], [a, b]);
 * const session = graph.open();
 * const [three] = session.run([sum], [[a, tf.scalar(1)], [b, tf.scalar(2)]]);
 * ```
 */
export class Graph {
  readonly #definition = new messages.GraphDef();
  #count = 0;

  /** One of TensorFlow's operations by its name. */
  op(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly Output[],
    { outputs = 1, after = [] }: CallOptions = {},
  ): Output[] {
    const node = this.#add(name, attributes, [...inputs, ...after]);
    return Array.from({ length: outputs }, (_, i): Output => `${node}:${i}`);
  }

  /** An operation that gives nothing, but changes a variable. */
  effect(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly Output[],
    { after = [] }: Pick<CallOptions, "after"> = {},
  ): Done {
    return `^${this.#add(name, attributes, [...inputs, ...after])}`;
  }

  /** A float32 or int32 tensor of any shape that each run is given. */
  input(type: number = FLOAT): Output {
    return this.op("Placeholder", [attribute.type("dtype", type)], [])[0];
  }

  /** Of float32. */
  scalar(value: number): Output {
    return this.#constant(FLOAT, [], Float32Array.of(value));
  }

  /** A scalar of int32. */
  integer(value: number): Output {
    return this.#constant(INT32, [], Int32Array.of(value));
  }

  /** A vector of int32. */
  integers(values: readonly number[]): Output {
    return this.#constant(INT32, [values.length], Int32Array.from(values));
  }

  /** A float32 variable of any shape, of which each session has its own. */
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

  /** A value once others are done; without one, something to ask for. */
  once(after: readonly Done[], value = this.scalar(0)): Output {
    const type = attribute.type("T", FLOAT);
    return this.op("Identity", [type], [value], { after })[0];
  }

  /** The graph ready to be run, with variables of its own. */
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
    inputs: readonly (Output | Done)[],
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
 * A graph that can be run, with the state of its variables. It stays open as
 * long as the process lives.
 */
export class Session {
  readonly #run: RunGraph;

  constructor(run: RunGraph) {
    this.#run = run;
  }

  /**
   * Computes outputs and all that they need.
   *
   * @param inputs what the graph's inputs are in this run; any other value of
   * the graph can be given as well, and is then not computed
   * @returns in the order of `outputs`; the caller owns them
   * @throws {Error} of TensorFlow, if an operation fails
   */
  run(
    outputs: readonly Output[],
    inputs: readonly Given[],
  ): tf.Tensor[] {
    return this.#run(
      inputs.map(([, tensor]) => tensor),
      inputs.map(([name]) => ({ name })),
      outputs,
    );
  }
}
