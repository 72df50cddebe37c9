import { join } from "node:path";
import { z } from "zod";
import { BadInput } from "../bad_input.ts";
import { isMissing, namesIn } from "../files/folders.ts";
import { sha256 } from "../files/sha256.ts";
import { readJsonIfPresent } from "../files/read_json.ts";
import { writeFileAtomic } from "../files/write_file_atomic.ts";
import { fixedNumbers } from "./study_numbers.ts";
import { RESULT_SCHEMAS } from "./record_schemas.ts";
import type { ExperimentResults } from "./run_experiment.ts";
import type { ExperimentName, SyntheticSpec } from "./spec.ts";

/** A data set that is done. */
export interface DatasetRecord<Name extends ExperimentName = ExperimentName> {
  readonly dataset: number;
  /** Of one worker's work on it, on one core. */
  readonly seconds: number;
  readonly result: ExperimentResults[Name];
}

/** Where the data sets of one spec are kept. */
export interface SyntheticStore {
  readonly folder: string;
  /**
   * A data set that is done, or nothing.
   *
   * @throws {BadInput} if its file is damaged: the path and the key
   */
  read(dataset: number): Promise<DatasetRecord | undefined>;
  write(record: DatasetRecord): Promise<void>;
}

const SPEC = "spec.json";

/**
 * The folder of a spec's data sets: one of its own below `root`, or the one
 * that is named. Nothing is written before there is something to keep.
 *
 * @throws {BadInput} if a named folder holds another spec's data sets, or
 * anything else
 */
export async function openSyntheticStore(
  spec: SyntheticSpec,
  { root, folder }: { readonly root: string; readonly folder?: string },
): Promise<SyntheticStore> {
  const text = JSON.stringify({ ...spec, fixed: fixedNumbers(spec) }, null, 2) +
    "\n";
  const place = folder ?? join(root, nameOf(spec, text));
  const begun = await checkFolder(place, text);
  let written = begun;
  const schema = z.object({
    dataset: z.int().min(0),
    seconds: z.number(),
    result: RESULT_SCHEMAS[spec.experiment],
  });
  const pathOf = (dataset: number) =>
    join(place, `dataset-${String(dataset).padStart(3, "0")}.json`);
  return {
    folder: place,
    read: async (dataset) => {
      const path = pathOf(dataset);
      const record = await readJsonIfPresent(path, schema);
      if (record === undefined || record.dataset === dataset) return record;
      throw new BadInput(
        `${path}: dataset must be ${dataset}: found ${record.dataset}`,
      );
    },
    write: async (record) => {
      if (!written) {
        await Deno.mkdir(place, { recursive: true });
        await writeFileAtomic(join(place, SPEC), text);
        written = true;
      }
      await writeFileAtomic(
        pathOf(record.dataset),
        JSON.stringify(record) + "\n",
      );
    },
  };
}

function nameOf(
  { experiment, batchSize, seed }: SyntheticSpec,
  text: string,
): string {
  const hash = sha256(text).slice(0, 10);
  const batch = batchSize === null ? "full" : `b${batchSize}`;
  return `synthetic-${experiment}-${batch}-s${seed}-${hash}`;
}

/** True where the folder was begun for the same spec. */
async function checkFolder(folder: string, spec: string): Promise<boolean> {
  const found = await readText(join(folder, SPEC));
  if (found === spec) return true;
  if (found !== undefined) {
    throw new BadInput(
      `Cannot use ${folder}: it holds data sets of other settings, see its ` +
        SPEC,
    );
  }
  const first = await foreignIn(folder);
  if (first === undefined) return false;
  throw new BadInput(
    `Cannot use ${folder} as it must be new, empty or a synthetic study's: ` +
      `it holds ${first}`,
  );
}

/** What stands in the way of a new study. */
async function foreignIn(folder: string): Promise<string | undefined> {
  try {
    return (await namesIn(folder))
      .find((name) => !name.startsWith(`${SPEC}.partial-`));
  } catch (error) {
    if (error instanceof Deno.errors.NotADirectory) {
      throw new BadInput(`Cannot use ${folder} as it is no folder`);
    }
    throw error;
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
