import { sha256 } from "../files/sha256.ts";
import { objectiveName, runId, type RunSpec } from "../runs/spec.ts";
import { teacherRuns } from "../runs/teacher_runs.ts";

/** One run that a choice needs. */
export interface PlannedRun {
  readonly id: string;
  readonly spec: RunSpec;
  /** False for a run that only teaches others. */
  readonly candidate: boolean;
  /** Ids of those who teach it, which come before it. */
  readonly taughtBy: readonly string[];
}

/** A method with its numbers, as it is trained with each seed. */
export interface PlannedPoint {
  readonly method: string;
  readonly numbers: Readonly<Record<string, number | string>>;
  /** One a seed. */
  readonly runs: readonly { readonly seed: number; readonly id: string }[];
}

/** All that is trained to choose, and what is chosen among. */
export interface TunePlan {
  /** Every run once, those who teach ahead of those whom they teach. */
  readonly runs: readonly PlannedRun[];
  readonly points: readonly PlannedPoint[];
}

/**
 * The runs of a choice among points. A run that teaches several, or is itself a
 * candidate, is there once.
 *
 * @param points of each point its runs, one a seed; at least one
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

/** What a run is trained with: a method's name, and all of its numbers. */
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
 * A short name of a choice, by which it is found again: the data set, the
 * network, the methods, and a hash of the runs.
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
