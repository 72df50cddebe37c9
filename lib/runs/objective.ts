import { fitCalibrator } from "../calibration/calibrators/fit_calibrator.ts";
import { asLogits, type Logits } from "../matrix_kinds.ts";
import { distillationLoss } from "../training/losses/distillation.ts";
import { buildTargets } from "../smoothing/targets.ts";
import { type OpenLoss, openLoss } from "../training/open_loss.ts";
import { targetLoss } from "../training/target_loss.ts";
import type { Objective, RunSpec } from "./spec.ts";
import type { Teacher } from "./teacher.ts";

/** The training samples of an objective. */
export interface ObjectiveData {
  /** `[n]`, class indices. */
  readonly labels: Int32Array;
  /** Number of classes. */
  readonly classes: number;
  /** Required if the objective needs a teacher. */
  readonly teacher: Teacher | undefined;
}

/**
 * Builds the loss of a run's objective over its training samples.
 *
 * @throws {BadInput} if the teacher's logits cannot make targets
 */
export function openObjective(
  { objective, seed }: Pick<RunSpec, "objective" | "seed">,
  { labels, classes, teacher }: ObjectiveData,
): OpenLoss {
  if (objective.kind === "loss") {
    return openLoss(objective.loss, { labels, classes, seed });
  }
  if (objective.kind === "distillation") {
    const logits = distilledLogits(objective, teacher!);
    return distillationLoss(logits, labels, objective);
  }
  const targets = buildTargets(objective.method, {
    labels,
    classes,
    ...(teacher ? { teacher } : {}),
  });
  return targetLoss(targets);
}

/** A teacher's logits, calibrated if the objective says so. */
function distilledLogits(
  { teacherScaled, teacherCalibrator }: Extract<
    Objective,
    { kind: "distillation" }
  >,
  { logits, temperature, validation }: Teacher,
): Logits {
  if (!teacherScaled) return logits;
  if (teacherCalibrator !== undefined) {
    return fitCalibrator(teacherCalibrator, validation).apply(logits);
  }
  const { data, rows, columns } = logits;
  return asLogits({ data: data.map((z) => z / temperature), rows, columns });
}
