import type { Position } from "./position.ts";

/** Training whose loss is no number any more. */
export class TrainingDiverged extends Error {
  override readonly name = "TrainingDiverged";

  /**
   * @param step the failed step of its epoch, counted from 1; for a validation
   * loss the step ahead of it
   */
  constructor(
    { what, loss, step, position }: {
      readonly what: "training" | "validation";
      readonly loss: number;
      readonly step: number;
      readonly position: Position;
    },
  ) {
    const { epoch } = position;
    super(
      `Training stopped at epoch ${epoch + 1}, step ${step}, as the ${what} ` +
        `loss is ${loss} (${lastGood(position)}); ` +
        "a smaller learning rate may help",
    );
  }
}

function lastGood({ samples, lossSum, history }: Position): string {
  const training = samples > 0
    ? `mean training loss of the epoch so far ${
      (lossSum / samples).toPrecision(4)
    }`
    : "no step of the epoch was good";
  const last = history.at(-1);
  const validation = last
    ? `last validation loss ${last.validationLoss.toPrecision(4)}`
    : "no epoch was finished";
  return `${training}, ${validation}`;
}
