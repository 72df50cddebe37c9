import type { Tensor, Variable } from "./tensor_types.ts";

/**
 * A tensor that all functions of a program share: a TensorFlow.js variable, the handle
 * of one of TensorFlow's resource variables (or both, if they always have the same
 * value), or a tensor that never changes, such as a data set.
 */
export type ProgramState =
  | { readonly variable: Variable; readonly handle?: Tensor }
  | { readonly variable?: undefined; readonly handle: Tensor }
  | { readonly constant: Tensor };

/** Inputs of a function by name: everything that differs between its calls. */
export type ProgramInputs = Readonly<Record<string, Tensor>>;

/** A function of tensors that may change the state. The caller disposes the result. */
export type TensorFunction<Inputs extends ProgramInputs> = (
  inputs: Inputs,
) => Tensor;
