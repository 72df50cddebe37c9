import type { Measurement } from "./measurement.ts";

/** Limit that a ratio should keep. */
export type Goal = { readonly atLeast: number } | { readonly atMost: number };

/** Goals for the speed of training, by network. */
const TRAINING: Readonly<Record<string, Goal>> = {
  mlp: { atLeast: 1.5 },
  lenet: { atLeast: 1.2 },
  shallownet: { atLeast: 1.15 },
  resnet8: { atLeast: 1.15 },
  densenet40: { atLeast: 1.1 },
  resnet18: { atLeast: 1.1 },
};

/** Goals by work. A nested entry applies to sizes whose first word is its key. */
const GOALS: Readonly<Record<string, Goal | Readonly<Record<string, Goal>>>> = {
  "training step": TRAINING,
  "training epoch": TRAINING,
  "training throughput": TRAINING,
  "peak memory": { atMost: 1.1 },
  "synthetic study": { atLeast: 1 },
  "t-SNE": { atLeast: 1.5 },
  ECE: { atLeast: 10 },
  "temperature fit": { atLeast: 3 },
};

/** The goal for a measurement, if there is one. */
export function goalOf(
  { work, size }: Pick<Measurement, "work" | "size">,
): Goal | undefined {
  const goals = GOALS[work];
  if (goals === undefined || isGoal(goals)) return goals;
  return goals[size.split(/[ ,]/)[0]];
}

/** Whether the ratio of a measurement keeps its goal; undefined without either. */
export function isMet(measurement: Measurement): boolean | undefined {
  const { ratio } = measurement;
  const goal = goalOf(measurement);
  if (goal === undefined || ratio === null) return undefined;
  return "atLeast" in goal ? ratio >= goal.atLeast : ratio <= goal.atMost;
}

function isGoal(goal: Goal | Readonly<Record<string, Goal>>): goal is Goal {
  return "atLeast" in goal || "atMost" in goal;
}
