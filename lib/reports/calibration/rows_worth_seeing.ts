/** Predictions of a model. */
export interface Answers {
  /** `[n]`, class indices. */
  readonly predicted: Int32Array;
  /** `[n]`, probabilities of the predictions. */
  readonly confidence: Float64Array;
}

/** Errors of each model that come first. */
const ERRORS = 24;

/**
 * The rows whose images say most: the most confident errors of each model, then, in
 * turn, a row of each pair of label and prediction of each model, the most confident
 * error or the least confident hit first.
 *
 * @param labels `[n]`, class indices
 * @param most number of rows
 * @returns in increasing order
 */
export function rowsWorthSeeing(
  models: readonly Answers[],
  labels: Int32Array,
  most: number,
): number[] {
  const chosen = new Set<number>();
  const add = (row: number) => {
    if (chosen.size < most) chosen.add(row);
  };
  const queues: number[][] = [];
  for (const model of models) {
    const { errors, cells } = inOrder(model, labels);
    errors.slice(0, ERRORS).forEach(add);
    queues.push(...cells);
  }
  const longest = Math.max(0, ...queues.map(({ length }) => length));
  for (let round = 0; round < longest && chosen.size < most; round++) {
    for (const queue of queues) {
      if (round < queue.length) add(queue[round]);
    }
  }
  return [...chosen].toSorted((a, b) => a - b);
}

/** Errors by falling confidence, and the rows of each pair of label and prediction. */
function inOrder({ predicted, confidence }: Answers, labels: Int32Array) {
  const isError = (row: number) => predicted[row] !== labels[row];
  const rows = Array.from(labels.keys())
    .toSorted((a, b) => confidence[b] - confidence[a] || a - b);
  const cells = new Map<string, number[]>();
  for (const row of rows) {
    const key = `${labels[row]} ${predicted[row]}`;
    const cell = cells.get(key) ?? [];
    cells.set(key, cell);
    cell.push(row);
  }
  return {
    errors: rows.filter(isError),
    cells: [...cells.values()].map((cell) =>
      isError(cell[0]) ? cell : cell.toReversed()
    ),
  };
}
