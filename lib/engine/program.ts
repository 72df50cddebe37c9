import { BadInput } from "../bad_input.ts";
import { tf } from "./engine.ts";
import { OpenGraph } from "./open_graph.ts";
import type { ProgramInputs, ProgramState, TensorFunction } from "./state.ts";

/** A function that runs as a graph. */
export type ProgramFunction<Inputs extends ProgramInputs> =
  & TensorFunction<Inputs>
  & {
    /**
     * Records the function for inputs of these shapes. Recording all functions before
     * the first call saves opening the session again.
     */
    prepare(inputs: Inputs): void;
  };

/**
 * Functions of tensors that share a state, each executed as one TensorFlow graph.
 *
 * Calling an operation from JavaScript costs some 10 microseconds and keeps TensorFlow
 * from reusing memory; a training step has hundreds of operations. A program runs a
 * function once as usual, with TensorFlow.js and its gradient tape, and writes each
 * operation that is called into a graph. Later calls with inputs of the same shapes
 * run that graph, and give the same bits: the operations are the same, only the calls
 * from JavaScript are gone. No gradient is written by hand.
 *
 * What changes between calls must be an input or state. Numbers and arrays that the
 * function turns into tensors become constants of the graph; a tensor from elsewhere,
 * or reading a tensor's values, is an error. The state lives in the graph's session
 * until `pull()` copies it back.
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { mul, scalar, type Tensor, tidy, variable } from "@tensorflow/tfjs-node-gpu";
 * import { Program } from "@ils/label-smoothing/engine";
 * const total = variable(scalar(1));
 * const program = new Program([{ variable: total }]);
 * const grow = program.define(({ by }: { by: Tensor }) => {
 *   total.assign(mul(total, by));
 *   return total.clone();
 * });
 * strictEqual(tidy(() => grow({ by: scalar(2) }).dataSync()[0]), 2);
 * strictEqual(tidy(() => grow({ by: scalar(3) }).dataSync()[0]), 6);
 * program.pull();
 * strictEqual(total.dataSync()[0], 6);
 * program.dispose();
 * ```
 */
export class Program {
  readonly #state: readonly ProgramState[];
  readonly #recorded: boolean;
  #graph: OpenGraph | undefined;

  /**
   * A program without functions.
   *
   * @param state every tensor from outside that the functions use or change; the
   * caller owns them
   * @param options `recorded: false` calls the functions as they are; the default
   * follows the environment variable `ILS_ENGINE` (`graph` or `eager`)
   */
  constructor(
    state: readonly ProgramState[],
    options: { readonly recorded?: boolean } = {},
  ) {
    this.#state = state;
    this.#recorded = options.recorded ?? recordsByDefault();
  }

  /**
   * Returns a function that runs `body` as a graph. It is recorded at the first call
   * with inputs of new shapes, which changes nothing.
   *
   * @param body synchronous; must call the same operations in every call with inputs
   * of the same shapes
   * @throws {Error} at the first call, naming the operation, if `body` uses a tensor
   * that is neither input nor state, or reads values
   */
  define<Inputs extends ProgramInputs>(
    body: TensorFunction<Inputs>,
  ): ProgramFunction<Inputs> {
    const graph = () => this.#graph ??= new OpenGraph(this.#state);
    const any = body as TensorFunction<ProgramInputs>;
    return Object.assign(
      (inputs: Inputs) =>
        this.#recorded
          ? graph().call(any, inputs)
          : tf.tidy(() => body(inputs)),
      {
        prepare: (inputs: Inputs) => {
          if (this.#recorded) graph().prepare(any, inputs);
        },
      },
    );
  }

  /** Copies the state of the session back to the variables. */
  pull(): void {
    this.#graph?.pull();
  }

  /** Copies the values of the variables to the session, after they were changed. */
  push(): void {
    this.#graph?.push();
  }

  /** Frees the graph and its copy of the state. */
  dispose(): void {
    this.#graph?.close();
    this.#graph = undefined;
  }
}

/**
 * Whether functions are recorded according to the environment variable `ILS_ENGINE`.
 *
 * @throws {BadInput} if it is neither `graph` nor `eager`
 */
function recordsByDefault(): boolean {
  const value = Deno.env.get("ILS_ENGINE") ?? "graph";
  if (value === "graph" || value === "eager") return value === "graph";
  throw new BadInput(`ILS_ENGINE must be graph or eager: it is ${value}`);
}
