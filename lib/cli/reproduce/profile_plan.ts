import { join } from "node:path";
import { BadInput } from "../../bad_input.ts";
import { describeDevice, deviceInfo } from "../../engine/device.ts";
import { notebookSpecs, profileRunIds } from "../../study/profile_runs.ts";
import type { Profile } from "../../study/profile.ts";
import { PAPER_PROFILES } from "../../study/paper_profiles.ts";
import { PROFILES } from "../../study/profiles.ts";
import { removeTree } from "../../files/folders.ts";
import { runId } from "../../runs/spec.ts";
import { openRun } from "../../runs/open.ts";
import { RUNS_FOLDER } from "../../runs/store.ts";
import {
  studyFolders,
  studyIsDone,
  SYNTHETIC_STUDIES,
  type SyntheticStudy,
} from "../../synthetic/studies.ts";
import type { Machine, ProfilePlan } from "../../reproduce/reproduce.ts";

/** Summaries of the profiles (images, synthetic circles, or both) by name. */
export const PLANNED_PROFILES: ReadonlyMap<string, string> = new Map(
  [...Object.values(PROFILES), ...Object.values(SYNTHETIC_STUDIES)]
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

/** The notebook of the synthetic study; all others use images. */
const SYNTHETIC_NOTEBOOK = "08_synthetic";

/**
 * Returns the notebooks and runs of a profile.
 *
 * @param root the project's folder
 * @throws {BadInput} if there is no such profile
 */
export async function planOf(name: string, root: string): Promise<ProfilePlan> {
  const summary = PLANNED_PROFILES.get(name);
  if (summary === undefined) {
    throw new BadInput(
      `Profile must be one of ${[...PLANNED_PROFILES.keys()].join(", ")}: ` +
        `current value is ${name}`,
    );
  }
  const runs = join(root, RUNS_FOLDER);
  const images = imagePart(PROFILES[name], runs);
  const circles = circlesPart(SYNTHETIC_STUDIES[name], runs);
  const partOf = (notebook: string) =>
    notebook === SYNTHETIC_NOTEBOOK ? circles : images;
  const notebooks = await notebooksIn(join(root, "notebooks"));
  return {
    name,
    summary,
    notebooks: notebooks.filter((notebook) => partOf(notebook) !== undefined),
    runIds: async () => [
      ...await images?.runIds() ?? [],
      ...await circles?.runIds() ?? [],
    ],
    runsExist: (notebook) => partOf(notebook)!.runsExist(notebook),
    removeRuns: async () => {
      await images?.removeRuns();
      await circles?.removeRuns();
    },
  };
}

/** The image runs or the synthetic runs of a profile. */
type Part = Pick<ProfilePlan, "runIds" | "runsExist" | "removeRuns">;

function imagePart(profile: Profile | undefined, runs: string) {
  if (profile === undefined) return undefined;
  const part: Part = {
    runIds: () => Promise.resolve(profileRunIds(profile)),
    runsExist: async (notebook) => {
      const needed = notebookSpecs(profile, notebook).map(runId);
      const found = await Promise.all(
        needed.map((id) => openRun(join(runs, id))),
      );
      return found.every((run) => run !== undefined);
    },
    removeRuns: async () => {
      for (const id of profileRunIds(profile)) {
        await removeTree(join(runs, id));
      }
    },
  };
  return part;
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
        await removeTree(folder);
      }
    },
  };
  return part;
}

/** Returns versions and device; starts the engine, which takes a moment. */
export async function findMachine(): Promise<Machine> {
  const { engineInfo } = await import("../../engine/engine.ts");
  const { device, ...versions } = engineInfo();
  const { os, arch } = Deno.build;
  const what = describeDevice(deviceInfo(device));
  return { versions, device: `${what}, ${os} ${arch}` };
}

async function notebooksIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map(({ name }) => name)
    .filter((name) => /^\d\d_\w+\.ipynb$/.test(name))
    .map((name) => name.replace(/\.ipynb$/, "")).sort();
}
