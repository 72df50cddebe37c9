import { z } from "zod";
import { schemaOf } from "../files/record_schema.ts";

/** Results of one epoch of training; a line of `history.jsonl`. */
export interface EpochRecord {
  /** Number of the epoch, from 1. */
  readonly epoch: number;
  /** Learning rate of the epoch. */
  readonly learningRate: number;
  /** Mean training loss over the samples of the epoch, each before its step. */
  readonly trainLoss: number;
  /** Log loss on the validation set against hard labels, in nats. */
  readonly validationLoss: number;
  /** Accuracy on the validation set, in [0, 1]. */
  readonly validationAccuracy: number;
  /** Duration of training and validation, in seconds. */
  readonly seconds: number;
  /** Training images per second, without validation. */
  readonly imagesPerSecond: number;
}

/** Schema of a line of `history.jsonl`; drops keys of other versions. */
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

/** A history as CSV, with a header: one row per epoch, exact numbers. */
export function historyCsv(history: readonly EpochRecord[]): string {
  const keys = [
    ...["epoch", "learningRate", "trainLoss", "validationLoss"] as const,
    ...["validationAccuracy", "seconds", "imagesPerSecond"] as const,
  ];
  const rows = history.map((record) => keys.map((key) => record[key]));
  return [keys, ...rows].map((row) => `${row.join(",")}\n`).join("");
}

/**
 * The record with the smallest validation loss; the first one among equals.
 *
 * @param history records of a training, at least one
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { bestEpoch, type EpochRecord } from "@ils/label-smoothing/training";
 * const first: EpochRecord = {
 *   epoch: 1,
 *   learningRate: 0.1,
 *   trainLoss: 0.9,
 *   validationLoss: 1.1,
 *   validationAccuracy: 0.6,
 *   seconds: 20,
 *   imagesPerSecond: 2500,
 * };
 * const second = { ...first, epoch: 2, validationLoss: 0.8 };
 * strictEqual(bestEpoch([first, second]).epoch, 2);
 * ```
 */
export function bestEpoch(history: readonly EpochRecord[]): EpochRecord {
  return history.reduce((best, record) =>
    record.validationLoss < best.validationLoss ? record : best
  );
}
