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
export async function planTune(
  points: readonly (readonly RunSpec[])[],
): Promise<TunePlan> {
  const planned: PlannedPoint[] = [];
  for (const specs of points) {
    const runs = [];
    for (const spec of specs) {
      runs.push({ seed: spec.seed, id: await runId(spec) });
    }
    planned.push({ ...methodOfRun(specs[0]), runs });
  }
  const candidates = new Set(
    planned.flatMap(({ runs }) => runs.map(({ id }) => id)),
  );
  const runs = new Map<string, PlannedRun>();
  const add = async (spec: RunSpec): Promise<string> => {
    const id = await runId(spec);
    if (runs.has(id)) return id;
    const taughtBy: string[] = [];
    for (const teacher of teacherRuns(spec.teacher)) {
      taughtBy.push(await add(teacher));
    }
    runs.set(id, { id, spec, candidate: candidates.has(id), taughtBy });
    return id;
  };
  for (const spec of points.flat()) await add(spec);
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
export async function tuneId({ runs, points }: TunePlan): Promise<string> {
  const ids = points.flatMap((point) => point.runs.map(({ id }) => id));
  const bytes = new TextEncoder().encode(ids.sort().join("\n"));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const methods = [...new Set(points.map(({ method }) => method))];
  const few = methods.length <= 4;
  const { data, model } = runs[0].spec;
  return [
    data.dataset,
    model,
    few ? methods.join("-") : `${methods.length}-methods`,
    digest.slice(0, 5).toHex(),
  ].join("-").replaceAll(/[^\w.-]/g, "_");
}
