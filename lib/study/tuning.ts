/** Plans whose methods are tuned first: what is chosen, and which runs follow. */
import { ensureRuns, type EnsureRunsOptions } from "../runs/ensure_runs.ts";
import { runId, type RunSpec } from "../runs/spec.ts";
import type { MethodSpec } from "../smoothing/method.ts";
import {
  choose,
  type ChosenPoint,
  type PointResult,
  pointResults,
} from "../tune/choose.ts";
import { planTune } from "../tune/plan.ts";
import { openPlanned } from "../tune/run_states.ts";
import type { RunOutcome } from "../tune/train_plan.ts";
import type { NetworkPlan, Profile } from "./profile.ts";
import { plansOf, planSpecs, tuningSpecs } from "./profile_runs.ts";

/** A plan with the numbers of all methods, and how they were chosen. */
export interface TunedPlan {
  /** The plan with the chosen methods after the fixed ones. */
  readonly plan: NetworkPlan;
  /** The validation scores of all candidates; none without tuning. */
  readonly results: readonly PointResult[];
  readonly chosen: readonly ChosenPoint[];
}

/**
 * Chooses the numbers of the methods of plans; trains missing runs.
 *
 * @throws as `ensureRuns()`
 */
export async function tunePlans(
  plans: readonly NetworkPlan[],
  options: EnsureRunsOptions = {},
): Promise<TunedPlan[]> {
  const specs = plans.flatMap(({ tuning }) =>
    tuning ? tuningSpecs(tuning).flat() : []
  );
  const runs = await ensureRuns(specs, options);
  const outcomes = new Map(
    runs.map(({ record }) => [record.id, { state: "done", record }] as const),
  );
  return plans.map((plan) => tuned(plan, outcomes));
}

/**
 * As `tunePlans()` for a profile.
 *
 * @returns the profile with the chosen methods, and the choice for each of its
 * plans
 */
export async function tuneProfile(
  profile: Profile,
  options: EnsureRunsOptions = {},
): Promise<{ profile: Profile; tuned: TunedPlan[] }> {
  const tuned = await tunePlans(plansOf(profile), options);
  const [main, ...others] = tuned.map(({ plan }) => plan);
  return { profile: { ...profile, ...main, others }, tuned };
}

/**
 * Returns plans with the chosen methods, or undefined if a run that decides is
 * not finished. Trains nothing.
 *
 * @param root the folder of the runs
 */
export async function openTunedPlans(
  plans: readonly NetworkPlan[],
  root: string,
): Promise<NetworkPlan[] | undefined> {
  const outcomes = new Map<string, RunOutcome>();
  for (const { tuning } of plans) {
    if (tuning === null) continue;
    for (const run of planTune(tuningSpecs(tuning)).runs) {
      if (!run.candidate || outcomes.has(run.id)) continue;
      const record = await openPlanned(run, root);
      if (record === undefined) return undefined;
      outcomes.set(run.id, { state: "done", record });
    }
  }
  return plans.map((plan) => tuned(plan, outcomes).plan);
}

function tuned(
  plan: NetworkPlan,
  outcomes: ReadonlyMap<string, RunOutcome>,
): TunedPlan {
  const { tuning } = plan;
  if (tuning === null) return { plan, results: [], chosen: [] };
  const specs = tuningSpecs(tuning);
  const results = pointResults(planTune(specs).points, outcomes);
  const chosen = choose(results);
  const methodOf = ({ runs: [{ id }] }: ChosenPoint) =>
    tuning.candidates[specs.findIndex(([first]) => runId(first) === id)];
  return {
    plan: withMethods(plan, chosen.map(methodOf)),
    results,
    chosen,
  };
}

/**
 * Returns plans as they may become: with the first candidate of each method.
 * Its runs cost about what those of the others cost.
 */
export function provisionalPlans(plans: readonly NetworkPlan[]): NetworkPlan[] {
  return plans.map((plan) => {
    const { candidates = [] } = plan.tuning ?? {};
    const firsts = candidates.filter(({ name }, i) =>
      i === candidates.findIndex((other) => other.name === name)
    );
    return withMethods(plan, firsts);
  });
}

/** Returns every run that plans may lead to, whatever is chosen. */
export function possibleSpecs(plans: readonly NetworkPlan[]): RunSpec[] {
  return planSpecs(plans.flatMap((plan) => [
    plan,
    ...plan.tuning?.candidates.map((method) => withMethods(plan, [method])) ??
      [],
  ]));
}

function withMethods(
  plan: NetworkPlan,
  chosen: readonly MethodSpec[],
): NetworkPlan {
  return { ...plan, methods: [...plan.methods, ...chosen] };
}
