import { join } from "node:path";
import { notebookSpecs, profileRunIds } from "../experiments/profile_runs.ts";
import { profileNamed } from "../experiments/profiles.ts";
import { runId } from "../experiments/run_spec.ts";
import { openRun, RUNS_FOLDER } from "../experiments/run_store.ts";
import type { Machine, ProfilePlan } from "../reports/reproduce.ts";

/**
 * A profile as the notebooks' runner needs it.
 *
 * @param root the project's folder
 * @throws {BadInput} if there is no profile of that name
 */
export async function planOf(name: string, root: string): Promise<ProfilePlan> {
  const profile = profileNamed(name);
  const ids = await profileRunIds(profile);
  const folders = ids.map((id) => join(root, RUNS_FOLDER, id));
  return {
    name,
    summary: profile.summary,
    notebooks: await notebooksIn(join(root, "notebooks")),
    runIds: () => Promise.resolve(ids),
    runsExist: async (notebook) => {
      const needed = await Promise.all(
        notebookSpecs(profile, notebook).map(runId),
      );
      const runs = await Promise.all(
        needed.map((id) => openRun(join(root, RUNS_FOLDER, id))),
      );
      return runs.every((run) => run !== undefined);
    },
    removeRuns: async () => {
      for (const folder of folders) await removeFolder(folder);
    },
  };
}

/** Versions and device; starts the engine, which takes a moment. */
export async function findMachine(): Promise<Machine> {
  const { engineInfo } = await import("../engine.ts");
  const { device, ...versions } = engineInfo();
  const cores = navigator.hardwareConcurrency;
  const { os, arch } = Deno.build;
  return {
    versions,
    device: `${device.toUpperCase()}, ${cores} cores, ${os} ${arch}`,
  };
}

async function notebooksIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map(({ name }) => name)
    .filter((name) => /^\d\d_\w+\.ipynb$/.test(name))
    .map((name) => name.replace(/\.ipynb$/, "")).sort();
}

async function removeFolder(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
