import { logitsLogLoss } from "../../calibration/scores.ts";
import { trainPlans } from "../candidate.ts";
import { MAX_EPSILON } from "../candidates.ts";
import { SURFACE } from "../study_numbers.ts";
import { type Laboratory, type Work, workOf } from "../laboratory.ts";
import { teacherOf } from "../teacher_of.ts";

/** Result of Fig. 11 on one data set. */
export interface SurfaceRecord extends Work {
  /** Test log loss of the network trained on hard labels. */
  readonly plain: number;
  /** `[P1][P2]`, test log loss of `ils1`, without model selection. */
  readonly logLoss: readonly (readonly number[])[];
}

/**
 * Trains a network by `ils1` for each P1 and P2, with a plain network as its
 * teacher.
 */
export function runSurface(laboratory: Laboratory): SurfaceRecord {
  const [plain] = trainPlans(laboratory, [
    { name: "fig-11/ce", method: { name: "ce" } },
  ]);
  const teacher = teacherOf(laboratory, plain);
  const plans = SURFACE.p1.flatMap((p1) =>
    SURFACE.p2.map((p2) => ({
      name: `fig-11/${p1}/${p2}`,
      method: { name: "ils1", p1, p2, maxEpsilon: MAX_EPSILON } as const,
      teacher,
    }))
  );
  const networks = [plain, ...trainPlans(laboratory, plans)]
    .map(({ network }) => network);
  const { labels } = laboratory.data.test;
  const losses = laboratory.predict(networks, "test")
    .map((logits) => logitsLogLoss(logits, labels));
  const columns = SURFACE.p2.length;
  return {
    ...workOf(networks),
    plain: losses[0],
    logLoss: SURFACE.p1.map((_, row) =>
      losses.slice(1 + row * columns, 1 + (row + 1) * columns)
    ),
  };
}
