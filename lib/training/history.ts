/** What one epoch of training gave; a line of `history.jsonl`. */
export interface EpochRecord {
  /** Counted from 1. */
  readonly epoch: number;
  readonly learningRate: number;
  /** Mean of the training loss over the epoch's samples, as it went. */
  readonly trainLoss: number;
  /** Log loss against the hard labels of the validation set. */
  readonly validationLoss: number;
  /** In [0, 1]. */
  readonly validationAccuracy: number;
  /** Of training and validation together. */
  readonly seconds: number;
  /** Training images, without validation. */
  readonly imagesPerSecond: number;
}

/** The record with the smallest validation loss; the first among equals. */
export function bestEpoch(history: readonly EpochRecord[]): EpochRecord {
  return history.reduce((best, record) =>
    record.validationLoss < best.validationLoss ? record : best
  );
}
