import { z } from "zod";
import { schemaOf } from "../files/record_schema.ts";
import { EPOCH_RECORD, type EpochRecord } from "./history.ts";

/** How far a training has come, apart from its tensors. */
export interface Position {
  /** Epochs done. */
  readonly epoch: number;
  /** Steps done in the current epoch. */
  readonly step: number;
  /** Steps done in all. */
  readonly steps: number;
  /** Samples seen in the current epoch, and the sum of their losses. */
  readonly samples: number;
  readonly lossSum: number;
  /** Time spent in this epoch so far. */
  readonly seconds: number;
  readonly history: readonly EpochRecord[];
}

const COUNT = z.int().min(0);

/**
 * Schema of the position in a checkpoint. A key of another version is refused:
 * a training that ignored it might not go on as it was.
 */
export const POSITION: z.ZodType<Position> = schemaOf<Position>()(
  z.strictObject({
    epoch: COUNT,
    step: COUNT,
    steps: COUNT,
    samples: COUNT,
    lossSum: z.number(),
    seconds: z.number(),
    history: z.array(EPOCH_RECORD),
  }),
);

/** Ahead of the first step. */
export const START: Position = {
  epoch: 0,
  step: 0,
  steps: 0,
  samples: 0,
  lossSum: 0,
  seconds: 0,
  history: [],
};

/** After one more step. */
export function afterStep(
  position: Position,
  batch: { readonly loss: number; readonly samples: number },
  seconds: number,
): Position {
  return {
    ...position,
    step: position.step + 1,
    steps: position.steps + 1,
    samples: position.samples + batch.samples,
    lossSum: position.lossSum + batch.loss * batch.samples,
    seconds,
  };
}

/** At the start of the next epoch. */
export function afterEpoch(
  { epoch, steps, history }: Position,
  record: EpochRecord,
): Position {
  return {
    ...START,
    epoch: epoch + 1,
    steps,
    history: [...history, record],
  };
}
