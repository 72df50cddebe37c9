/** An output of an operation, or a tensor made from values. */
export interface TensorInfo {
  /** The binding's number of the tensor, unique in the process. */
  readonly id: number;
  readonly shape: readonly number[];
  /** TensorFlow's number of the type. */
  readonly dtype: number;
}
