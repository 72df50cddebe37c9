import { sha256 } from "../files/sha256.ts";
import { objectiveName, runId, type RunSpec } from "../runs/spec.ts";
import { teacherRuns } from "../runs/teacher_runs.ts";

/** One run of a plan. */
export interface PlannedRun {
  readonly id: string;
  readonly spec: RunSpec;
  /** False for a run that only teaches others. */
  readonly candidate: boolean;
  /** Ids of its teachers, which come before it. */
  readonly taughtBy: readonly string[];
}

/** A method with its numbers, and its run for each seed. */
export interface PlannedPoint {
  readonly method: string;
  readonly numbers: Readonly<Record<string, number | string>>;
  /** One per seed. */
  readonly runs: readonly { readonly seed: number; readonly id: string }[];
}

/** All runs to train, and the points to choose from. */
export interface TunePlan {
  /** Every run once, teachers before their students. */
  readonly runs: readonly PlannedRun[];
  readonly points: readonly PlannedPoint[];
}

/**
 * Plans the runs of a choice among points. A run that teaches several others,
 * or is a candidate too, occurs once.
 *
 * @param points at least one; for each its runs, one per seed
 */
export function planTune(
  points: readonly (readonly RunSpec[])[],
): TunePlan {
  const planned = points.map((specs): PlannedPoint => ({
    ...methodOfRun(specs[0]),
    runs: specs.map((spec) => ({ seed: spec.seed, id: runId(spec) })),
  }));
  const candidates = new Set(
    planned.flatMap(({ runs }) => runs.map(({ id }) => id)),
  );
  const runs = new Map<string, PlannedRun>();
  const add = (spec: RunSpec): string => {
    const id = runId(spec);
    if (runs.has(id)) return id;
    const taughtBy = teacherRuns(spec.teacher).map(add);
    runs.set(id, { id, spec, candidate: candidates.has(id), taughtBy });
    return id;
  };
  for (const spec of points.flat()) add(spec);
  return { runs: [...runs.values()], points: planned };
}

/** Returns a run's method: its name and all of its numbers. */
export function methodOfRun(
  spec: RunSpec,
): Pick<PlannedPoint, "method" | "numbers"> {
  const { objective } = spec;
  if (objective.kind === "distillation") {
    return { method: objectiveName(spec), numbers: {} };
  }
  const { name, ...numbers } = objective.kind === "loss"
    ? objective.loss
    : objective.method;
  return { method: name, numbers };
}

/**
 * Returns a short name that identifies a plan: the data set, the network, the
 * methods, and a hash of the runs.
 */
export function tuneId({ runs, points }: TunePlan): string {
  const ids = points.flatMap((point) => point.runs.map(({ id }) => id));
  const methods = [...new Set(points.map(({ method }) => method))];
  const few = methods.length <= 4;
  const { data, model } = runs[0].spec;
  return [
    data.dataset,
    model,
    few ? methods.join("-") : `${methods.length}-methods`,
    sha256(ids.sort().join("\n")).slice(0, 10),
  ].join("-").replaceAll(/[^\w.-]/g, "_");
}
