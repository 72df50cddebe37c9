import { type Attribute, attribute } from "./attributes.ts";
import type { CallWatcher, Values } from "./calls.ts";
import type { ControlDependency, Graph, Output } from "./graph.ts";
import type { TensorInfo } from "./tensor_info.ts";

/** Type attributes that the eager call infers from the inputs: name and input. */
const INFERRED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ExpandDims: { T: 0, Tdim: 1 },
};

const READ = "ReadVariableOp";

/** A variable of the session and what the recorded function did with it so far. */
interface Variable {
  /** Number of times that it was changed. */
  version: number;
  /** The last operation that changed it. */
  written: ControlDependency | undefined;
  /** Operations since then that read it or use a value that was read. */
  readonly uses: Set<ControlDependency>;
}

/** A value of the graph. */
interface Known {
  readonly output: Output;
  readonly dtype: number;
  /** The variable of which the value is the handle. */
  readonly variable?: Variable;
  /** The variable from which the value was read, and its version then. */
  readonly read?: { readonly variable: Variable; readonly version: number };
}

/**
 * Writes the calls of one function into a graph. TensorFlow runs a graph's operations
 * in any order that their inputs allow; control dependencies keep reads and writes of
 * a variable in the order of the calls. A write also waits for all operations that use
 * the old value, so that it can happen in place.
 */
export class Recording implements CallWatcher {
  readonly #known = new Map<number, Known>();
  readonly #variables = new Map<Output, Variable>();

  constructor(readonly graph: Graph) {}

  /** Declares that a tensor is an input of the graph. */
  declareInput({ id, dtype }: TensorInfo): Output {
    const output = this.graph.input(dtype);
    this.#known.set(id, { output, dtype });
    return output;
  }

  /** Declares that a tensor is the handle of a variable of the graph. */
  declareHandle({ id, dtype }: TensorInfo, handle: Output): void {
    const variable = this.#variable(handle);
    this.#known.set(id, { output: handle, dtype, variable });
  }

  /** Declares that a tensor is the value of a variable of the graph. */
  declareValue({ id, dtype }: TensorInfo, handle: Output): void {
    const variable = this.#variable(handle);
    const [value] = this.#node(READ, [attribute.type("dtype", dtype)], [
      { output: handle, dtype, variable },
    ], [dtype]);
    this.#known.set(id, value);
  }

  /** Makes a tensor's value the new value of a variable. */
  assign(handle: Output, tensor: TensorInfo): void {
    const value = this.#find(tensor.id, "the result");
    const variable = this.#variable(handle);
    const { dtype, read } = value;
    // It is there already.
    if (read?.variable === variable && isCurrent(read)) return;
    this.#node("AssignVariableOp", [attribute.type("dtype", dtype)], [
      { output: handle, dtype, variable },
      value,
    ], []);
  }

  /** The value of the graph for a tensor that the function returned. */
  output(id: number): Output {
    return this.#find(id, "the result").output;
  }

  /** The last changes of all variables. */
  get effects(): ControlDependency[] {
    return [...this.#variables.values()]
      .flatMap(({ written }) => written === undefined ? [] : [written]);
  }

  operation(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputs: readonly TensorInfo[],
  ): void {
    const values = inputs.map((id, i) =>
      this.#find(id, `input ${i + 1} of operation ${name}`)
    );
    const inferred = Object.entries(INFERRED[name] ?? {})
      .filter(([key]) => !attributes.some((one) => one.name === key))
      .map(([key, at]) => attribute.type(key, values[at].dtype));
    const all = [...attributes, ...inferred];
    const types = outputs.map(({ dtype }) => dtype);
    const results = this.#node(name, all, values, types);
    outputs.forEach(({ id }, i) => this.#known.set(id, results[i]));
  }

  constant({ id, shape, dtype }: TensorInfo, values: Values): void {
    if (!ArrayBuffer.isView(values)) {
      throw new Error("Cannot record a function that makes tensors of strings");
    }
    const output = this.graph.constant(dtype, shape, values);
    this.#known.set(id, { output, dtype });
  }

  read(): void {
    throw new Error(
      "Cannot record a function that reads a tensor's values: a graph would " +
        "repeat what followed from the first ones",
    );
  }

  #find(id: number, what: string): Known {
    const found = this.#known.get(id);
    if (found !== undefined) return found;
    throw new Error(
      `Cannot record a function as ${what} is a tensor that is neither among ` +
        "its inputs and state nor made by the function",
    );
  }

  #variable(handle: Output): Variable {
    const known = this.#variables.get(handle);
    if (known !== undefined) return known;
    const variable = { version: 0, written: undefined, uses: new Set<never>() };
    this.#variables.set(handle, variable);
    return variable;
  }

  /** Adds an operation after those on which it depends through variables. */
  #node(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly Known[],
    types: readonly number[],
  ): Known[] {
    const variables = inputs.flatMap(({ variable }) => variable ?? []);
    const reading = name === READ;
    const after = variables.flatMap(({ written, uses }) => [
      ...(written === undefined ? [] : [written]),
      ...(reading ? [] : uses),
    ]);
    const { outputs, done } = this.graph.node(
      name,
      attributes,
      inputs.map(({ output }) => output),
      { outputs: types.length, after: [...new Set(after)] },
    );
    for (const { read } of inputs) {
      if (read !== undefined && isCurrent(read)) read.variable.uses.add(done);
    }
    for (const variable of variables) {
      if (reading) variable.uses.add(done);
      else markWritten(variable, done);
    }
    const [source] = reading ? variables : [];
    const read = source && { variable: source, version: source.version };
    return outputs.map((output, i) => ({
      output,
      dtype: types[i],
      ...(read === undefined ? {} : { read }),
    }));
  }
}

function isCurrent({ variable, version }: NonNullable<Known["read"]>): boolean {
  return variable.version === version;
}

function markWritten(variable: Variable, done: ControlDependency): void {
  variable.version++;
  variable.written = done;
  variable.uses.clear();
}
