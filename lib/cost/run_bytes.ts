/** Number of rows of each part of a run, and of classes. */
export interface RunRows {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** Rows of the held-out fold; 0 if there is none. */
  readonly held: number;
  readonly classes: number;
}

/**
 * Size of a finished run on disk, in bytes: `4 weights`, and `4 classes + 4 + 4`
 * per row of each part for its logits, label and index. Text files add a few
 * kilobytes.
 *
 * @param weights number of weights, including those that are not trained
 */
export function runBytes(
  { train, validation, test, held, classes }: RunRows,
  weights: number,
): number {
  const rows = train + validation + test + held;
  return 4 * weights + rows * (4 * classes + 8);
}
