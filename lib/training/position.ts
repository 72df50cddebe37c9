import type { EpochRecord } from "./history.ts";

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
