import { z } from "zod";
import { schemaOf } from "../files/record_schema.ts";

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

/** Schema of a line of `history.jsonl`; keys of other versions are dropped. */
export const EPOCH_RECORD: z.ZodType<EpochRecord> = schemaOf<EpochRecord>()(
  z.object({
    epoch: z.int().min(1),
    learningRate: z.number(),
    trainLoss: z.number(),
    validationLoss: z.number(),
    validationAccuracy: z.number().min(0).max(1),
    seconds: z.number(),
    imagesPerSecond: z.number(),
  }),
);

/** The record with the smallest validation loss; the first among equals. */
export function bestEpoch(history: readonly EpochRecord[]): EpochRecord {
  return history.reduce((best, record) =>
    record.validationLoss < best.validationLoss ? record : best
  );
}
