import { join } from "node:path";
import { skipDamaged } from "../../files/skip_damaged.ts";
import { openRun } from "../../runs/open.ts";
import { runId, type RunSpec } from "../../runs/spec.ts";
import { runsFolder } from "../../runs/store.ts";
import type { NetworkPlan } from "../../study/profile.ts";
import { planSpecs } from "../../study/profile_runs.ts";
import { openTunedPlans, provisionalPlans } from "../../study/tuning.ts";
import { damageWarning } from "../terminal/warnings.ts";

/** A profile's networks on images. */
export interface PlannedProfile {
  readonly name: string;
  readonly summary: string;
  readonly plans: readonly NetworkPlan[];
}

/** A run and whether it is finished. */
export interface ListedRun {
  readonly id: string;
  readonly spec: RunSpec;
  readonly finished: boolean;
}

/** The runs of a profile in training order. */
export interface RunList extends PlannedProfile {
  readonly runs: readonly ListedRun[];
  /** Whether the numbers of all methods are known. */
  readonly tuned: boolean;
}

/**
 * Lists a profile's runs.
 *
 * @param options `root`: the project's folder; `untuned`: the runs of methods
 * whose numbers are not known yet are left out, or those of the first candidates
 * stand for them; `log`: called with one line for each damaged run, which counts
 * as missing
 */
export async function listRuns(
  profile: PlannedProfile,
  { root, untuned, log }: {
    readonly root: string;
    readonly untuned: "left out" | "first candidates";
    readonly log: (text: string) => void;
  },
): Promise<RunList> {
  const { plans } = profile;
  const folder = runsFolder(root);
  const onDamaged = damageWarning({ log });
  const tuned = await skipDamaged(
    () => openTunedPlans(plans, folder),
    () => {},
  );
  const specs = planSpecs(
    tuned ?? (untuned === "left out" ? plans : provisionalPlans(plans)),
  );
  const runs = await Promise.all(specs.map(async (spec) => {
    const id = runId(spec);
    const run = await skipDamaged(() => openRun(join(folder, id)), onDamaged);
    return { id, spec, finished: run !== undefined };
  }));
  return { ...profile, runs, tuned: tuned !== undefined };
}
