import { join, relative } from "node:path";
import type { tf } from "../engine/engine.ts";
import type { Logits } from "../matrix_kinds.ts";
import { withChecksum } from "../files/checked_json.ts";
import { removeTree } from "../files/folders.ts";
import { sha256OfFile } from "../files/sha256.ts";
import { syncTree } from "../files/sync.ts";
import { writeNpy } from "../files/npy.ts";
import { type EpochRecord, historyCsv } from "../training/history.ts";
import { writeFileAtomic } from "../files/write_file_atomic.ts";
import type { PartData } from "./data.ts";
import { RECORD_FILE, type RunRecord } from "./record.ts";
import { type Part, type Parts, runFiles } from "./store.ts";

/** The contents of a finished run. */
export interface RunContents {
  readonly model: tf.LayersModel;
  readonly record: RunRecord;
  readonly history: readonly EpochRecord[];
  /** Logits of each part, `[n, classes]`. */
  readonly logits: Parts<Logits<Float32Array>>;
  readonly parts: Parts<PartData>;
}

/**
 * Writes a finished run into its folder: each part's logits, labels and
 * indices, the history (also as CSV), the model, and last `run.json`, with the hashes of
 * these files and its own checksum, which marks the run as complete.
 *
 * @returns the record with the hashes
 */
export async function writeRun(
  folder: string,
  { model, record, history, logits, parts }: RunContents,
): Promise<RunRecord> {
  for (const [part, { labels, indices }] of Object.entries(parts)) {
    const { rows, columns, data } = logits[part as Part]!;
    const write = (what: string, array: Parameters<typeof writeNpy>[1]) =>
      writeNpy(join(folder, `${what}-${part}.npy`), array);
    await write("logits", { data, shape: [rows, columns] });
    await write("labels", { data: labels, shape: [rows] });
    await write("indices", { data: indices, shape: [rows] });
  }
  const lines = history.map((line) => JSON.stringify(line) + "\n").join("");
  await writeFileAtomic(join(folder, "history.jsonl"), lines);
  await writeFileAtomic(join(folder, "history.csv"), historyCsv(history));
  await saveModel(model, join(folder, "model"));
  const complete: RunRecord = { ...record, files: await hashFiles(folder) };
  const text = JSON.stringify(withChecksum(complete), null, 2) + "\n";
  await writeFileAtomic(join(folder, RECORD_FILE), text);
  return complete;
}

/** Hashes of a run's files other than its record. */
async function hashFiles(folder: string): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const path of runFiles({ folder })) {
    const hash = await sha256OfFile(path);
    const name = relative(folder, path);
    if (hash !== undefined && name !== RECORD_FILE) hashes[name] = hash;
  }
  return hashes;
}

async function saveModel(
  model: tf.LayersModel,
  folder: string,
): Promise<void> {
  const temporary = `${folder}.partial-saving`;
  // A killed process may have left it.
  await removeTree(temporary);
  await model.save(`file://${temporary}`);
  await syncTree(temporary);
  await removeTree(folder);
  await Deno.rename(temporary, folder);
}
