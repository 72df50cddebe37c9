import type { Position } from "./position.ts";

/** Where training stands after a step. */
export interface StepReport {
  /** Counted from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Steps done in this epoch, and all of an epoch. */
  readonly step: number;
  readonly steps: number;
  /** Mean training loss of this epoch so far. */
  readonly loss: number;
  readonly imagesPerSecond: number;
  /** Until the last epoch ends, if none stops early. */
  readonly secondsLeft: number;
}

/** The report at a position of at least one step into an epoch. */
export function stepReport(
  position: Position,
  { epochs, steps }: Pick<StepReport, "epochs" | "steps">,
): StepReport {
  const { epoch, step, seconds, samples, lossSum, history } = position;
  const past = history.reduce((sum, record) => sum + record.seconds, 0);
  const done = epoch + step / steps;
  return {
    epoch: epoch + 1,
    epochs,
    step,
    steps,
    loss: lossSum / samples,
    imagesPerSecond: samples / seconds,
    secondsLeft: (past + seconds) / done * (epochs - done),
  };
}
