import { basename } from "node:path";
import { BadInput } from "../../../bad_input.ts";
import { isFolder } from "../../../files/folders.ts";
import { objectiveName } from "../../../runs/spec.ts";
import { runsFolder } from "../../../runs/store.ts";
import {
  neededBy,
  type RunEntry,
  storedRuns,
} from "../../../runs/stored_runs.ts";
import type { RunsValues } from "./runs_flags.ts";

/** The runs that the flags select, among all stored ones. */
export interface RunSelection {
  readonly selected: readonly RunEntry[];
  /** Names of the stored runs that need a run, by its name. */
  readonly needed: ReadonlyMap<string, readonly string[]>;
}

/** Flags that select finished runs by their settings. */
const SETTINGS = ["dataset", "model", "method", "seed"] as const;

/** Flags that select runs. */
export const FILTERS = ["run", ...SETTINGS, "state", "olderThan"] as const;

/**
 * Returns the stored runs that match all filters.
 *
 * @throws {BadInput} if a named run does not exist, or the folder does not
 */
export async function selectRuns(values: RunsValues): Promise<RunSelection> {
  const { folder = runsFolder(), run: names } = values;
  if (values.folder !== undefined && !isFolder(folder)) {
    throw new BadInput(`--folder must be a folder: current value is ${folder}`);
  }
  const all = await storedRuns(folder);
  const ids = names?.map((name) => basename(name));
  const lost = ids?.find((id) => !all.some(({ name }) => name === id));
  if (lost !== undefined) {
    throw new BadInput(`There is no run ${lost} in ${folder}`);
  }
  const selected = all.filter((entry) =>
    (ids?.includes(entry.name) ?? true) && matches(entry, values)
  );
  return { selected, needed: neededBy(all) };
}

function matches(entry: RunEntry, values: RunsValues): boolean {
  const { state, olderThan } = values;
  if (state !== undefined && entry.state !== state) return false;
  const age = (Date.now() - entry.time.getTime()) / 1000;
  if (olderThan !== undefined && age <= olderThan) return false;
  const given = SETTINGS.filter((key) => values[key] !== undefined);
  const settings = settingsOf(entry);
  return given.every((key) => settings?.[key] === values[key]);
}

/** The settings by which runs are selected; undefined for an unfinished run. */
export function settingsOf({ record }: RunEntry) {
  if (record === undefined) return undefined;
  const { spec } = record;
  const { data: { dataset }, model, seed } = spec;
  return { dataset, model, method: objectiveName(spec), seed };
}
