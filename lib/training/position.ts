import { z } from "zod";
import { schemaOf } from "../files/record_schema.ts";
import { EPOCH_RECORD, type EpochRecord } from "./history.ts";

/** The progress of a training, without its tensors. */
export interface Position {
  /** Number of complete epochs. */
  readonly epoch: number;
  /** Number of complete steps of the current epoch. */
  readonly step: number;
  /** Number of complete steps in total. */
  readonly steps: number;
  /** Number of samples seen in the current epoch. */
  readonly samples: number;
  /** Sum of the losses of those samples. */
  readonly lossSum: number;
  /** Duration of the current epoch so far, in seconds. */
  readonly seconds: number;
  /** One record per complete epoch. */
  readonly history: readonly EpochRecord[];
}

const COUNT = z.int().min(0);

/**
 * Schema of the position in a checkpoint. It refuses keys of other versions, because
 * training that ignores them may not resume identically.
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

/** The position before the first step. */
export const START: Position = {
  epoch: 0,
  step: 0,
  steps: 0,
  samples: 0,
  lossSum: 0,
  seconds: 0,
  history: [],
};

/** The position after one more step. */
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

/** The position at the start of the next epoch. */
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
