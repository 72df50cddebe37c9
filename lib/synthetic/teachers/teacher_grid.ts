import type { MethodSpec } from "../../smoothing/method.ts";
import { SMOOTHED_ROWS } from "../candidates.ts";

/** The teachers. All but `bayes` use only the training set. */
export const TEACHER_NAMES = [
  "in-sample",
  "ensemble",
  "ls-ensemble",
  "cross-fitted",
  "cross-fitted-ls",
  "second-generation",
  "second-generation-mix",
  "bayes",
] as const;

/** One of these teachers. */
export type TeacherName = typeof TEACHER_NAMES[number];

/** Methods that need a teacher. */
export const STUDENT_METHODS = [...SMOOTHED_ROWS, "mix"] as const;

/** One of these methods. */
export type StudentMethod = typeof STUDENT_METHODS[number];

/** Eight candidates per method, including standard smoothing. */
export const CANDIDATES: Readonly<
  Record<"ls" | StudentMethod, readonly MethodSpec[]>
> = {
  ls: [0.01, 0.03, 0.05, 0.07, 0.09, 0.11, 0.15, 0.19]
    .map((epsilon) => ({ name: "ls", epsilon } as const)),
  ils1: [0.75, 0.775, 0.8, 0.825].flatMap((p1) =>
    [1, 2].map((p2) => ({ name: "ils1", p1, p2, maxEpsilon: 0.2 } as const))
  ),
  ils2: [0.03, 0.07, 0.11, 0.19].flatMap((epsilon) =>
    [1, 4].map((temperature) => (
      { name: "ils2", epsilon, temperature } as const
    ))
  ),
  ilsq: [0.775, 0.825].flatMap((p1) =>
    [1, 2].flatMap((p2) =>
      [1, 4].map((temperature) => (
        { name: "ilsq", p1, p2, maxEpsilon: 0.2, temperature } as const
      ))
    )
  ),
  mix: [0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
    .map((lambda) => ({ name: "mix", lambda } as const)),
};

/** Training methods of the joint teachers' networks. */
export const TEACHING = {
  smoothed: { name: "ls", epsilon: 0.09 },
  second: { name: "ils2", epsilon: 0.1, temperature: 2 },
  secondMix: { name: "mix", lambda: 0.9 },
} as const;

/** Folds of a cross-fitted teacher. */
export const FOLDS = 5;
