/** Rows of each part of a run, and classes. */
export interface RunRows {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** Of a fold that the run holds out; 0 for most. */
  readonly held: number;
  readonly classes: number;
}

/**
 * The disk that a finished run takes: `4 weights`, and for each row of each
 * part `4 classes + 4 + 4`, of its logits, label and index. Text files of some
 * kilobytes come on top.
 *
 * @param weights those included that are not trained
 */
export function runBytes(
  { train, validation, test, held, classes }: RunRows,
  weights: number,
): number {
  const rows = train + validation + test + held;
  return 4 * weights + rows * (4 * classes + 8);
}
