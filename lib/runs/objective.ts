import { distillationLoss } from "../training/losses/distillation.ts";
import { tf } from "../engine/engine.ts";
import { buildTargets } from "../smoothing/targets.ts";
import type { TrainingLoss } from "../training/averaged_loss.ts";
import { crossEntropyLoss } from "../training/cross_entropy.ts";
import { openLoss } from "../training/open_loss.ts";
import type { RunSpec } from "./spec.ts";
import type { Teacher } from "./teacher.ts";

/** The training samples of an objective. */
export interface ObjectiveData {
  /** `[n]` */
  readonly labels: Int32Array;
  readonly classes: number;
  /** Required if the objective needs a teacher. */
  readonly teacher: Teacher | undefined;
}

/** An objective's loss, which owns tensors until it is disposed. */
export interface OpenObjective {
  readonly loss: TrainingLoss;
  dispose(): void;
}

/**
 * Builds the loss of a run's objective over its training samples.
 *
 * @throws {BadInput} if the teacher's logits cannot make targets
 */
export function openObjective(
  { objective, seed }: Pick<RunSpec, "objective" | "seed">,
  { labels, classes, teacher }: ObjectiveData,
): OpenObjective {
  if (objective.kind === "loss") {
    return openLoss(objective.loss, { labels, classes, seed });
  }
  if (objective.kind === "distillation") {
    const { logits, temperature } = teacher!;
    const scaled = objective.teacherScaled
      ? { ...logits, data: logits.data.map((z) => z / temperature) }
      : logits;
    return distillationLoss(scaled, labels, objective);
  }
  const rows = buildTargets(objective.method, {
    labels,
    classes,
    ...(teacher ? { teacher } : {}),
  });
  const targets = tf.keep(tf.tensor2d(rows.data, [rows.rows, rows.columns]));
  return {
    loss: crossEntropyLoss(targets),
    dispose: () => targets.dispose(),
  };
}
