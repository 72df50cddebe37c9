import { logitsLogLoss } from "../../calibration/scores.ts";
import { trainPlans } from "./candidate.ts";
import { type Laboratory, type Work, workOf } from "./laboratory.ts";
import { PUBLISHED_SURFACE } from "./published_synthetic.ts";
import { teacherOf } from "./teacher_of.ts";

/** The surface's axes, those of the study's Fig. 11. */
export const { p1: SURFACE_P1, p2: SURFACE_P2 } = PUBLISHED_SURFACE;

/** One data set of Fig. 11. */
export interface SurfaceRecord extends Work {
  /** Test log loss of the network trained on hard labels. */
  readonly plain: number;
  /** `[P1][P2]`, test log loss of `ils1`; nothing is chosen. */
  readonly logLoss: readonly (readonly number[])[];
}

/** Trains a network by `ils1` for each P1 and P2, taught by a plain one. */
export function runSurface(laboratory: Laboratory): SurfaceRecord {
  const [plain] = trainPlans(laboratory, [
    { name: "fig-11/ce", method: { name: "ce" } },
  ]);
  const teacher = teacherOf(laboratory, plain);
  const plans = SURFACE_P1.flatMap((p1) =>
    SURFACE_P2.map((p2) => ({
      name: `fig-11/${p1}/${p2}`,
      method: { name: "ils1", p1, p2, maxEpsilon: 0.2 } as const,
      teacher,
    }))
  );
  const networks = [plain, ...trainPlans(laboratory, plans)]
    .map(({ network }) => network);
  const { labels } = laboratory.data.test;
  const losses = laboratory.ask(networks, "test")
    .map((logits) => logitsLogLoss(logits, labels));
  const columns = SURFACE_P2.length;
  return {
    ...workOf(networks),
    plain: losses[0],
    logLoss: SURFACE_P1.map((_, row) =>
      losses.slice(1 + row * columns, 1 + (row + 1) * columns)
    ),
  };
}
