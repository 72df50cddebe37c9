import { fitTemperature } from "../calibration/calibrators/temperature.ts";
import { bayesLogits } from "./circles.ts";
import type { Candidate, Teacher } from "./candidate.ts";
import type { Laboratory } from "./laboratory.ts";

/** A network's own word on the points that it was trained on. */
export function teacherOf(
  laboratory: Laboratory,
  { network, validation }: Pick<Candidate, "network" | "validation">,
): Teacher {
  const { labels } = laboratory.data.validation;
  const { temperature } = fitTemperature(validation, labels);
  return { logits: laboratory.ask([network], "train")[0], temperature };
}

/** The true probabilities, which no training set gives. */
export function bayesTeacher(
  { data: { layout, train } }: Laboratory,
): Teacher {
  return { logits: bayesLogits(layout, train.points), temperature: 1 };
}
