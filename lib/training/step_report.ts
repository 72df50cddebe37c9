import type { Position } from "./position.ts";

/** The progress of training after a step. */
export interface StepReport {
  /** Number of the current epoch, from 1. */
  readonly epoch: number;
  /** Maximum number of epochs. */
  readonly epochs: number;
  /** Number of complete steps of the current epoch. */
  readonly step: number;
  /** Number of steps per epoch. */
  readonly steps: number;
  /** Mean training loss of the current epoch so far. */
  readonly loss: number;
  /** Training images per second in the current epoch. */
  readonly imagesPerSecond: number;
  /** Estimated seconds until the last epoch ends, without early stopping. */
  readonly secondsLeft: number;
}

/** The report at a position with at least one complete step in the epoch. */
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
