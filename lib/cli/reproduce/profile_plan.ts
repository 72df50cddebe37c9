import { join } from "node:path";
import { BadInput } from "../../bad_input.ts";
import { locateDataset, type LocatedDataset } from "../../data/dataset.ts";
import { notebookPlans, plansOf, planSpecs } from "../../study/profile_runs.ts";
import type { NetworkPlan } from "../../study/profile.ts";
import { PAPER_PROFILES } from "../../study/paper_profiles.ts";
import { PROFILES } from "../../study/profiles.ts";
import { removeAside } from "../../files/temporary.ts";
import { REGIME_STUDIES } from "../../study/regime_studies.ts";
import { openTunedPlans, possibleSpecs } from "../../study/tuning.ts";
import { removeRun } from "../../runs/folder.ts";
import { runId } from "../../runs/spec.ts";
import { openRun } from "../../runs/open.ts";
import { runsFolder } from "../../runs/store.ts";
import {
  studyFolders,
  studyIsDone,
  SYNTHETIC_STUDIES,
  type SyntheticStudy,
} from "../../synthetic/studies.ts";
import type { ProfilePlan } from "../../reproduce/reproduce.ts";

/** Summaries of the profiles (images, regimes, synthetic circles) by name. */
export const PLANNED_PROFILES: ReadonlyMap<string, string> = new Map(
  [PROFILES, REGIME_STUDIES, SYNTHETIC_STUDIES]
    .flatMap((profiles) => Object.values(profiles))
    .map(({ name, summary }) => [name, PROFILES[name]?.summary ?? summary]),
);

/** Groups of profiles by name, in the order in which they run. */
export const PROFILE_GROUPS: ReadonlyMap<string, readonly string[]> = new Map([
  ["paper", PAPER_PROFILES.map(({ name }) => name)],
]);

/** Returns the profiles of a group, or the name itself as the only one. */
export function profilesOf(name: string): readonly string[] {
  return PROFILE_GROUPS.get(name) ?? [name];
}

/** Returns the plans of a profile's networks on images; empty if it has none. */
export function networkPlans(name: string): readonly NetworkPlan[] {
  return [
    ...Object.hasOwn(PROFILES, name) ? plansOf(PROFILES[name]) : [],
    ...Object.hasOwn(REGIME_STUDIES, name) ? REGIME_STUDIES[name].plans : [],
  ];
}

/** The notebooks that do not use the runs of `PROFILES`. */
const SYNTHETIC_NOTEBOOK = "08_synthetic";
const REGIMES_NOTEBOOK = "09_regimes";

/**
 * Returns the notebooks and runs of a profile.
 *
 * @param root the project's folder
 * @param options `runs` is the folder of all runs (that of the project)
 * @throws {BadInput} if there is no such profile
 */
export async function planOf(
  name: string,
  root: string,
  { runs = runsFolder(root) }: { readonly runs?: string } = {},
): Promise<ProfilePlan> {
  const summary = PLANNED_PROFILES.get(name);
  if (summary === undefined) {
    throw new BadInput(
      `Profile must be one of ${[...PLANNED_PROFILES.keys()].join(", ")}: ` +
        `current value is ${name}`,
    );
  }
  const images = imagePart(name, runs);
  const regimes = regimesPart(name, runs);
  const circles = circlesPart(SYNTHETIC_STUDIES[name], runs);
  const parts = [images, regimes, circles].filter((part) => part !== undefined);
  const partOf = (notebook: string) => {
    if (notebook === SYNTHETIC_NOTEBOOK) return circles;
    return notebook === REGIMES_NOTEBOOK ? regimes : images;
  };
  const notebooks = await notebooksIn(join(root, "notebooks"));
  return {
    name,
    summary,
    notebooks: notebooks.filter((notebook) => partOf(notebook) !== undefined),
    runIds: async () =>
      (await Promise.all(parts.map((part) => part.runIds()))).flat(),
    inputs: () => inputHashes(name),
    runsExist: (notebook) => partOf(notebook)!.runsExist(notebook),
    removeRuns: async () => {
      for (const part of parts) await part.removeRuns();
    },
  };
}

/** The image runs, the runs of the regimes, or the synthetic runs of a profile. */
type Part = Pick<ProfilePlan, "runIds" | "runsExist" | "removeRuns">;

function imagePart(name: string, runs: string): Part | undefined {
  if (!Object.hasOwn(PROFILES, name)) return undefined;
  const profile = PROFILES[name];
  return networksPart(
    plansOf(profile),
    (notebook) => notebookPlans(profile, notebook),
    runs,
  );
}

function regimesPart(name: string, runs: string): Part | undefined {
  if (!Object.hasOwn(REGIME_STUDIES, name)) return undefined;
  const { plans } = REGIME_STUDIES[name];
  return networksPart(plans, () => plans, runs);
}

function networksPart(
  plans: readonly NetworkPlan[],
  neededFor: (notebook: string) => readonly NetworkPlan[],
  runs: string,
): Part {
  return {
    runIds: async () =>
      planSpecs(await openTunedPlans(plans, runs) ?? plans).map(runId),
    runsExist: async (notebook) => {
      const tuned = await openTunedPlans(neededFor(notebook), runs);
      if (tuned === undefined) return false;
      const found = await Promise.all(
        planSpecs(tuned).map((spec) => openRun(join(runs, runId(spec)))),
      );
      return found.every((run) => run !== undefined);
    },
    removeRuns: async () => {
      for (const spec of possibleSpecs(plans)) {
        const folder = join(runs, runId(spec));
        if (await removeRun(folder)) continue;
        throw new BadInput(
          `Cannot remove ${folder} as another process is training it: stop ` +
            "that first",
        );
      }
    },
  };
}

function circlesPart(study: SyntheticStudy | undefined, runs: string) {
  if (study === undefined) return undefined;
  const part: Part = {
    runIds: async () =>
      (await studyFolders(study, runs)).map((folder) =>
        folder.slice(runs.length + 1)
      ),
    runsExist: () => studyIsDone(study, runs),
    removeRuns: async () => {
      for (const folder of await studyFolders(study, runs)) {
        // Another process may be storing a data set.
        await removeAside(folder);
      }
    },
  };
  return part;
}

/** Hashes of the data files of a profile's networks, by their path in `data/`. */
async function inputHashes(name: string): Promise<Record<string, string>> {
  const datasets = new Set(networkPlans(name).map(({ data }) => data.dataset));
  const hashes: Record<string, string> = {};
  for (const dataset of datasets) {
    const { files } = await locateDatasetOnce(dataset);
    for (const { name, sha256 } of files) hashes[`${dataset}/${name}`] = sha256;
  }
  return hashes;
}

/** Data sets by name: a profile's manifest is written after each notebook. */
const located = new Map<string, Promise<Pick<LocatedDataset, "files">>>();

function locateDatasetOnce(name: string) {
  const known = located.get(name) ??
    locateDataset(name, { fetch: false }).then(({ files }) => ({ files }));
  located.set(name, known);
  return known;
}

async function notebooksIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map(({ name }) => name)
    .filter((name) => /^\d\d_\w+\.ipynb$/.test(name))
    .map((name) => name.replace(/\.ipynb$/, "")).sort();
}
