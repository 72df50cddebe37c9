import { join } from "node:path";
import { z } from "zod";
import { BadInput } from "../bad_input.ts";
import { readCheckedJson, withChecksum } from "../files/checked_json.ts";
import { isMissing, namesIn } from "../files/folders.ts";
import { sha256 } from "../files/sha256.ts";
import { writeFileAtomic } from "../files/write_file_atomic.ts";
import { fixedNumbers } from "./study_numbers.ts";
import { RESULT_SCHEMAS } from "./record_schemas.ts";
import type { ExperimentResults } from "./run_experiment.ts";
import type { ExperimentName, SyntheticSpec } from "./spec.ts";

/** The stored result of one data set. */
export interface DatasetRecord<Name extends ExperimentName = ExperimentName> {
  readonly dataset: number;
  /** Seconds that one worker took, on one core. */
  readonly seconds: number;
  readonly result: ExperimentResults[Name];
}

/** The stored data sets of one spec. */
export interface SyntheticStore {
  readonly folder: string;
  /**
   * Returns the record of a data set, or undefined if there is none.
   *
   * @throws {BadInput} if its file is damaged or was changed after it was written; the
   * message names the path, and the key
   */
  read(dataset: number): Promise<DatasetRecord | undefined>;
  write(record: DatasetRecord): Promise<void>;
}

const SPEC = "spec.json";

/**
 * Opens the folder of a spec's data sets: `folder`, or one named after the spec
 * below `root`. Nothing is written before the first record.
 *
 * @throws {BadInput} if `folder` contains another spec's data sets or other
 * files
 */
export async function openSyntheticStore(
  spec: SyntheticSpec,
  { root, folder }: { readonly root: string; readonly folder?: string },
): Promise<SyntheticStore> {
  const text = JSON.stringify({ ...spec, fixed: fixedNumbers(spec) }, null, 2) +
    "\n";
  const studyFolder = folder ?? join(root, nameOf(spec, text));
  let written = await hasSpec(studyFolder, text);
  const schema = z.object({
    dataset: z.int().min(0),
    seconds: z.number(),
    result: RESULT_SCHEMAS[spec.experiment],
  });
  const pathOf = (dataset: number) => datasetPath(studyFolder, dataset);
  return {
    folder: studyFolder,
    read: async (dataset) => {
      const path = pathOf(dataset);
      const record = await readCheckedJson(path, schema, { remedy: "it" });
      if (record === undefined || record.dataset === dataset) return record;
      throw new BadInput(
        `${path}: dataset must be ${dataset}: found ${record.dataset}`,
      );
    },
    write: async (record) => {
      if (!written) {
        await Deno.mkdir(studyFolder, { recursive: true });
        await writeFileAtomic(join(studyFolder, SPEC), text);
        written = true;
      }
      await writeFileAtomic(
        pathOf(record.dataset),
        JSON.stringify(withChecksum(record)) + "\n",
      );
    },
  };
}

/** Returns the path of the record of a data set. */
export function datasetPath(folder: string, dataset: number): string {
  return join(folder, `dataset-${String(dataset).padStart(3, "0")}.json`);
}

function nameOf(
  { experiment, batchSize, seed }: SyntheticSpec,
  text: string,
): string {
  const hash = sha256(text).slice(0, 10);
  const batch = batchSize === null ? "full" : `b${batchSize}`;
  return `synthetic-${experiment}-${batch}-s${seed}-${hash}`;
}

/** Returns whether the folder already has the same spec. */
async function hasSpec(folder: string, spec: string): Promise<boolean> {
  const found = await readText(join(folder, SPEC));
  if (found === spec) return true;
  if (found !== undefined) {
    throw new BadInput(
      `Cannot use ${folder}: it contains data sets of other settings, see its ` +
        SPEC,
    );
  }
  const first = await foreignFileIn(folder);
  if (first === undefined) return false;
  // Another process may have begun the same study in between.
  if (await readText(join(folder, SPEC)) === spec) return true;
  throw new BadInput(
    `Cannot use ${folder} as it must be new, empty or a synthetic study's: ` +
      `it contains ${first}`,
  );
}

/** Returns the name of a file that does not belong to a new study, if any. */
async function foreignFileIn(folder: string): Promise<string | undefined> {
  try {
    return (await namesIn(folder))
      .find((name) => !name.startsWith(`${SPEC}.partial-`));
  } catch (error) {
    if (error instanceof Deno.errors.NotADirectory) {
      throw new BadInput(`Cannot use ${folder} as it is not a folder`);
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
