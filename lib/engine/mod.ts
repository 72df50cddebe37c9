/**
 * TensorFlow graphs from functions of TensorFlow.js: a function is recorded while it
 * runs once, gradients included, and then executed as one graph with the same results
 * to the last bit.
 *
 * @module
 */
export { Program, type ProgramFunction } from "./program.ts";
export type { ProgramInputs, ProgramState, TensorFunction } from "./state.ts";
export type { Scalar, Tensor, Variable } from "./tensor_types.ts";
