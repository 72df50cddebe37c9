import type { Position } from "./position.ts";

/** Thrown by `fit()` if a training or validation loss is not finite. */
export class TrainingDiverged extends Error {
  /** Always "TrainingDiverged". */
  override readonly name = "TrainingDiverged";

  /**
   * An error whose message contains the last finite losses.
   *
   * @param failure which loss failed, its value, the step of the epoch, from 1 (for
   * a validation loss, the last one), and the position before the step
   */
  constructor(
    failure: {
      readonly what: "training" | "validation";
      readonly loss: number;
      readonly step: number;
      readonly position: Position;
    },
  ) {
    const { what, loss, step, position } = failure;
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
    : "no step of the epoch succeeded";
  const last = history.at(-1);
  const validation = last
    ? `last validation loss ${last.validationLoss.toPrecision(4)}`
    : "no epoch finished";
  return `${training}, ${validation}`;
}
