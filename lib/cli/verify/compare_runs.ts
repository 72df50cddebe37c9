import { join } from "node:path";
import { z } from "zod";
import { namesIn } from "../../files/folders.ts";
import { readJson } from "../../files/read_json.ts";
import { runFiles } from "../../runs/store.ts";
import { compareFiles, type FileComparison } from "./compare_files.ts";
import type { Difference } from "./difference.ts";

/**
 * Compares runs in two folders: logits, labels, indices and weights byte by byte. Of
 * the synthetic study, the record of each data set without its time.
 *
 * @param ids names of the runs in both folders
 */
export async function compareRuns(
  ids: readonly string[],
  { stored, recomputed }: {
    readonly stored: string;
    readonly recomputed: string;
  },
): Promise<FileComparison> {
  const differences: Difference[] = [];
  let files = 0;
  for (const id of ids) {
    const folders = {
      stored: join(stored, id),
      recomputed: join(recomputed, id),
    };
    const compared = id.startsWith("synthetic-")
      ? await compareRecords(id, folders)
      : await compareFiles(await arraysOf(folders), {
        ...folders,
        prefix: `${id}/`,
      });
    files += compared.files;
    differences.push(...compared.differences);
  }
  return { files, differences };
}

interface Folders {
  readonly stored: string;
  readonly recomputed: string;
}

/** Names of the arrays and weights that either folder has. */
async function arraysOf({ stored, recomputed }: Folders): Promise<string[]> {
  const names = new Set([
    ...await namesIn(stored),
    ...await namesIn(recomputed),
  ]);
  const own = runFiles({ folder: "" })
    .filter((name) => /\.(npy|bin)$/.test(name));
  return own.filter((name) => names.has(name) || name.endsWith(".bin"));
}

/** What depends on the time; older records have no checksum. */
const RECORD = z.looseObject({
  seconds: z.number(),
  checksum: z.string().optional(),
});

async function compareRecords(
  id: string,
  { stored, recomputed }: Folders,
): Promise<FileComparison> {
  const names = new Set([
    ...await namesIn(stored),
    ...await namesIn(recomputed),
  ]);
  const textIn = async (folder: string, name: string) => {
    if (!(await namesIn(folder)).includes(name)) return null;
    const { seconds: _, checksum: __, ...record } = await readJson(
      join(folder, name),
      RECORD,
    );
    return JSON.stringify(record);
  };
  const sets = [...names].filter((name) => /^dataset-\d+\.json$/.test(name));
  const differences: Difference[] = [];
  for (const name of sets) {
    const before = await textIn(stored, name);
    const after = await textIn(recomputed, name);
    if (before === after) continue;
    differences.push({
      ...{ file: `${id}/${name}`, row: null, column: null },
      stored: before === null ? null : "a record",
      recomputed: after === null ? null : "another record",
    });
  }
  return { files: sets.length, differences };
}
