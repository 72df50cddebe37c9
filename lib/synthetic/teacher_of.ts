import { fitTemperature } from "../calibration/calibrators/temperature.ts";
import { bayesLogits } from "./circles.ts";
import type { Candidate, Teacher } from "./candidate.ts";
import type { Laboratory } from "./laboratory.ts";
import { WIDE_BOUND } from "./study_numbers.ts";

/**
 * Returns a network as a teacher: its logits on its training points, and its
 * temperature fitted on validation.
 */
export function teacherOf(
  laboratory: Laboratory,
  { network, validation }: Pick<Candidate, "network" | "validation">,
): Teacher {
  const { labels } = laboratory.data.validation;
  const { temperature } = fitTemperature(validation, labels, WIDE_BOUND);
  return { logits: laboratory.predict([network], "train")[0], temperature };
}

/**
 * Returns the Bayes posterior as a teacher, which no training set could
 * provide.
 */
export function bayesTeacher(
  { data: { layout, train } }: Laboratory,
): Teacher {
  return { logits: bayesLogits(layout, train.points), temperature: 1 };
}
