/**
 * The names of finished work on disk: if one changes, finished runs are no
 * longer found. `UPDATE_IDENTITIES=1` rewrites the file, after a profile was
 * changed or added on purpose. The profiles' names changed once after version
 * 0.1.0, when `threads: 1` became part of their specs; all others are those of
 * 0.1.0.
 */
import assert from "node:assert/strict";
import {
  runWithTeacher,
  type TeacherPlan,
} from "../../lib/runs/teacher_plan.ts";
import type { MethodSpec } from "../../lib/smoothing/method.ts";
import { networkPlans } from "../../lib/cli/reproduce/profile_plan.ts";
import { sha256 } from "../../lib/files/sha256.ts";
import { runId } from "../../lib/runs/spec.ts";
import { PROFILES } from "../../lib/study/profiles.ts";
import { planSpecs } from "../../lib/study/profile_runs.ts";
import { REGIME_STUDIES } from "../../lib/study/regime_studies.ts";
import { provisionalPlans } from "../../lib/study/tuning.ts";
import type { NetworkPlan } from "../../lib/study/profile.ts";
import { syntheticSpec } from "../../lib/synthetic/spec.ts";
import { openSyntheticStore } from "../../lib/synthetic/store.ts";
import {
  studyFolders,
  SYNTHETIC_STUDIES,
} from "../../lib/synthetic/studies.ts";
import { planTune, tuneId } from "../../lib/tune/plan.ts";
import { STUDENT, TINY } from "./specs.ts";

const FILE = new URL("../fixtures/identities.json", import.meta.url);

const CE: MethodSpec = { name: "ce" };
const LS: MethodSpec = { name: "ls", epsilon: 0.1 };
const ILS: MethodSpec = {
  name: "ils",
  epsilon: 0.2,
  temperature: 2,
  scores: "probabilities",
};
const ENSEMBLE = { kind: "ensemble", members: 3 } as const;
const FOLDS = { kind: "folds", folds: 5, repeats: 2 } as const;

/** One of each kind of teacher, and teachers of teachers. */
const PLANS: Readonly<Record<string, TeacherPlan>> = {
  one: { method: CE, networks: { kind: "one" }, generations: 1 },
  smoothed: { method: LS, networks: { kind: "one" }, generations: 1 },
  ensemble: { method: CE, networks: ENSEMBLE, generations: 1 },
  folds: { method: ILS, networks: FOLDS, generations: 1 },
  "second generation": { method: CE, networks: FOLDS, generations: 2 },
  "ensembles of ensembles": { method: LS, networks: ENSEMBLE, generations: 3 },
};

async function identities() {
  const profiles: Record<string, string[]> = {};
  for (const name of Object.keys(PROFILES)) {
    profiles[name] = runIds(provisionalPlans(networkPlans(name)));
  }
  // Too many to list.
  const regimes: Record<string, string> = {};
  for (const [name, { plans }] of Object.entries(REGIME_STUDIES)) {
    regimes[name] = sha256(runIds(provisionalPlans(plans)).join("\n"));
  }
  const tunes: Record<string, { tune: string; runs: string[] }> = {};
  const synthetic: Record<string, string[]> = {};
  for (const [name, teacher] of Object.entries(PLANS)) {
    const run = runWithTeacher(TINY, ILS, teacher);
    const plan = planTune([[run], [STUDENT]]);
    const runs = plan.runs.map(({ id }) => id);
    tunes[name] = { tune: tuneId(plan), runs };
    const spec = syntheticSpec({ teacher });
    const { folder } = await openSyntheticStore(spec, { root: "runs" });
    synthetic[name] = [folder];
  }
  for (const [name, study] of Object.entries(SYNTHETIC_STUDIES)) {
    synthetic[name] = await studyFolders(study, "runs");
  }
  return { profiles, regimes, tunes, synthetic };
}

function runIds(plans: readonly NetworkPlan[]): string[] {
  return planSpecs(plans).map(runId);
}

Deno.test("runs, tune plans and synthetic studies keep their names on disk", async () => {
  const found = await identities();
  if (Deno.env.has("UPDATE_IDENTITIES")) {
    await Deno.writeTextFile(FILE, JSON.stringify(found, null, 2) + "\n");
  }
  assert.deepEqual(found, JSON.parse(await Deno.readTextFile(FILE)));
});
