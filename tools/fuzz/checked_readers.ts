import assert from "node:assert/strict";
import { join } from "node:path";
import { withChecksum } from "../../lib/files/checked_json.ts";
import { sha256 } from "../../lib/files/sha256.ts";
import { syntheticSpec } from "../../lib/synthetic/spec.ts";
import {
  type DatasetRecord,
  openSyntheticStore,
} from "../../lib/synthetic/store.ts";
import { checkAnswerFolder } from "../../lib/tune/answer_folder.ts";
import { JSON_READERS } from "./json_readers.ts";
import type { Reader } from "./reader.ts";
import { RUN_READERS } from "./run_readers.ts";
import { jsonFiles, textFile } from "./sample_files.ts";

const SURFACE: DatasetRecord<"fig-11"> = {
  dataset: 0,
  seconds: 12,
  result: { networks: 3, epochs: 40, plain: 0.6, logLoss: [[0.5, 0.25]] },
};

/** Records of the synthetic study. */
const SYNTHETIC: Reader = {
  name: "dataset-000.json",
  file: "dataset-000.json",
  samples: async (folder) => {
    await (await openSurfaces(folder)).write(SURFACE);
    return jsonFiles(SURFACE);
  },
  read: async (folder) => await (await openSurfaces(folder)).read(0),
};

function openSurfaces(folder: string) {
  const spec = syntheticSpec({ experiment: "fig-11" });
  return openSyntheticStore(spec, { root: folder, folder });
}

/** The content of an answer of `ils tune`. */
const ANSWER = { "tune.json": "[]\n", "chosen.json": '[{"points": 5}]\n' };

const SUMS: Reader = {
  name: "SHA256SUMS",
  file: "SHA256SUMS",
  samples: async (folder) => {
    const lines = [];
    for (const [name, text] of Object.entries(ANSWER)) {
      await Deno.writeTextFile(join(folder, name), text);
      lines.push(`${sha256(text)}  ${name}\n`);
    }
    return [textFile(lines.join(""))];
  },
  read: async (folder) => {
    await checkAnswerFolder(folder);
    return ANSWER;
  },
};

/**
 * A reader of files with a checksum, which must leave only the record as it was
 * written.
 */
function checked(reader: Reader): Reader {
  let written: unknown;
  return {
    ...reader,
    name: `checked ${reader.name}`,
    samples: async (folder) => {
      const newest = (await reader.samples(folder)).at(-1)!;
      const record = JSON.parse(new TextDecoder().decode(newest));
      const [bytes] = jsonFiles(withChecksum(record));
      const path = join(folder, reader.file);
      await Deno.writeFile(path, bytes);
      written = await reader.read(folder, path);
      return [bytes];
    },
    async read(folder, path) {
      const found = await reader.read(folder, path);
      if (found === undefined) return undefined;
      const record = JSON.parse(await Deno.readTextFile(path));
      if ("checksum" in record) assert.deepEqual(found, written);
      return found;
    },
  };
}

const OTHERS = [...RUN_READERS, ...JSON_READERS];

/** Files with checksums. */
export const CHECKED_READERS: readonly Reader[] = [
  SYNTHETIC,
  ...[
    SYNTHETIC,
    ...["run.json", "manifest.json"]
      .map((name) => OTHERS.find((reader) => reader.name === name)!),
  ].map(checked),
  SUMS,
];
