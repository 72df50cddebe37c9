import { attribute, FLOAT } from "./attributes.ts";
import { tensorInfo, watchCalls } from "./calls.ts";
import { rawOp, tf } from "./engine.ts";
import { Graph, type Output, type Session } from "./graph.ts";
import { Recording } from "./recording.ts";
import { readResource, writeResource } from "./resource_variable.ts";
import type { ProgramInputs, ProgramState, TensorFunction } from "./state.ts";

/** A tensor of the state and the session's variable for it. */
interface Cell {
  readonly state: ProgramState;
  readonly dtype: number;
  /** The variable's handle in the graph. */
  readonly handle: Output;
  /** Fed by `push()`. */
  readonly next: Output;
  /** Fetched by `pull()`. */
  readonly now: Output;
}

/** A function that is part of the graph, for inputs of certain shapes. */
interface Recorded {
  readonly inputs: readonly Input[];
  readonly result: Output;
}

/** An input of a recorded function. */
interface Input {
  readonly name: string;
  readonly output: Output;
  readonly shape: readonly number[];
  readonly dtype: string;
}

type AnyFunction = TensorFunction<ProgramInputs>;

/** The graph of a program's functions, with a session that has its state. */
export class OpenGraph {
  readonly #graph = new Graph();
  readonly #cells: readonly Cell[];
  readonly #assigned: Output;
  readonly #recorded = new Map<AnyFunction, Recorded[]>();
  #session: Session | undefined;

  constructor(state: readonly ProgramState[]) {
    const graph = this.#graph;
    this.#cells = state.map((one) => {
      const { dtype } = "constant" in one ? tensorInfo(one.constant) : {
        dtype: FLOAT,
      };
      const handle = graph.variable(dtype);
      const type = [attribute.type("dtype", dtype)];
      const [now] = graph.op("ReadVariableOp", type, [handle]);
      return { state: one, dtype, handle, next: graph.input(dtype), now };
    });
    this.#assigned = graph.once(
      this.#cells.map(({ dtype, handle, next }) =>
        graph.effect("AssignVariableOp", [attribute.type("dtype", dtype)], [
          handle,
          next,
        ])
      ),
    );
  }

  /** Records a function unless it is part of the graph for these shapes. */
  prepare(body: AnyFunction, inputs: ProgramInputs): Recorded {
    const versions = this.#recorded.get(body) ?? [];
    const known = versions.find((version) => fits(version, inputs));
    if (known !== undefined) return known;
    // A graph cannot grow while a session runs it.
    this.pull();
    this.close();
    const added = this.#record(body, inputs);
    this.#recorded.set(body, [...versions, added]);
    return added;
  }

  /** Runs a function as a graph. */
  call(body: AnyFunction, inputs: ProgramInputs): tf.Tensor {
    const { inputs: declared, result } = this.prepare(body, inputs);
    this.#session ??= this.#open();
    const feeds = declared
      .map(({ name, output }) => [output, inputs[name]] as const);
    return this.#session.run([result], feeds)[0];
  }

  /** Copies the session's state, if there is one, to the state of the program. */
  pull(): void {
    if (this.#session === undefined) return;
    const changing = this.#cells.filter(({ state }) => !("constant" in state));
    const values = this.#session.run(changing.map(({ now }) => now), []);
    changing.forEach(({ state }, i) => setValue(state, values[i]));
    tf.dispose(values);
  }

  /** Copies the state of the program to the session, if there is one. */
  push(): void {
    if (this.#session !== undefined) this.#assign(this.#session);
  }

  close(): void {
    this.#session?.close();
    this.#session = undefined;
  }

  #open(): Session {
    const session = this.#graph.open({ rewrite: false });
    this.#assign(session);
    return session;
  }

  #assign(session: Session): void {
    tf.tidy(() => {
      const feeds = this.#cells
        .map(({ next, state }) => [next, valueOf(state)] as const);
      session.run([this.#assigned], feeds);
    });
  }

  /** Runs a function and adds its operations to the graph; changes no state. */
  #record(body: AnyFunction, inputs: ProgramInputs): Recorded {
    tf.engine().startScope();
    const before = this.#cells.map(({ state }) => valueOf(state));
    try {
      return this.#recordOn(new Recording(this.#graph), body, inputs);
    } finally {
      this.#cells.forEach(({ state }, i) => setValue(state, before[i]));
      tf.engine().endScope();
    }
  }

  #recordOn(
    recording: Recording,
    body: AnyFunction,
    inputs: ProgramInputs,
  ): Recorded {
    const given: Record<string, tf.Tensor> = {};
    const declared = Object.entries(inputs).map(([name, tensor]): Input => {
      given[name] = copyOf(tensor);
      const output = recording.declareInput(tensorInfo(given[name]));
      const { shape, dtype } = tensor;
      return { name, output, shape, dtype };
    });
    for (const cell of this.#cells) declare(recording, cell);
    const { id, dtype } = tensorInfo(watchCalls(recording, () => body(given)));
    for (const { state, handle } of this.#cells) {
      if ("constant" in state || state.variable === undefined) continue;
      recording.assign(handle, tensorInfo(state.variable));
    }
    const value = recording.output(id);
    const result = this.#graph.once(recording.effects, value, dtype);
    return { inputs: declared, result };
  }
}

function declare(recording: Recording, { state, handle }: Cell): void {
  if ("constant" in state) {
    recording.declareValue(tensorInfo(state.constant), handle);
    return;
  }
  if (state.handle !== undefined) {
    recording.declareHandle(tensorInfo(state.handle), handle);
  }
  if (state.variable !== undefined) {
    // Variables with the same value must not be the same tensor.
    state.variable.assign(copyOf(state.variable));
    recording.declareValue(tensorInfo(state.variable), handle);
  }
}

/** A new tensor of the binding that shares the memory of another one. */
function copyOf<Tensor extends tf.Tensor>(tensor: Tensor): Tensor {
  const type = attribute.type("T", tensorInfo(tensor).dtype);
  return rawOp("Identity", [type], [tensor], 1)[0] as Tensor;
}

/** The value of a tensor of the state; within `tf.tidy()`. */
function valueOf(state: ProgramState): tf.Tensor {
  if ("constant" in state) return state.constant;
  if (state.variable !== undefined) return tf.clone(state.variable);
  return readResource(state.handle);
}

function setValue(state: ProgramState, value: tf.Tensor): void {
  if ("constant" in state) return;
  state.variable?.assign(value);
  if (state.handle !== undefined) writeResource(state.handle, value);
}

/** Whether a function was recorded for inputs of these names, types and shapes. */
function fits({ inputs: declared }: Recorded, inputs: ProgramInputs): boolean {
  return declared.length === Object.keys(inputs).length &&
    declared.every(({ name, shape, dtype }) => {
      const given = inputs[name];
      return given?.dtype === dtype &&
        given.shape.length === shape.length &&
        shape.every((length, axis) => given.shape[axis] === length);
    });
}
