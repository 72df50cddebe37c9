import assert from "node:assert/strict";
import { isClaimed } from "../../lib/files/claim.ts";
import { readBytes } from "../../lib/files/read_bytes.ts";
import {
  decodeSafeTensors,
  encodeSafeTensors,
} from "../../lib/files/safetensors.ts";
import { readRunModel } from "../../lib/runs/model_files.ts";
import { readRecord } from "../../lib/runs/record.ts";
import { readRunHistory } from "../../lib/runs/store.ts";
import {
  readCheckpoint,
  writeCheckpoint,
} from "../../lib/training/checkpoint_file.ts";
import { START } from "../../lib/training/position.ts";
import type { Reader } from "./reader.ts";
import { jsonFiles, sampleFiles, textFile } from "./sample_files.ts";

const EPOCH = {
  epoch: 1,
  learningRate: 0.1,
  trainLoss: 0.9,
  validationLoss: 1.1,
  validationAccuracy: 0.6,
  seconds: 20,
  imagesPerSecond: 2500,
};

const ARRAYS = {
  "weights.0": { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
  "optimizer.0": { shape: [], data: Float32Array.of(0.5) },
};

/** A network as TensorFlow.js saves it, with two weights. */
const MODEL = {
  modelTopology: {
    class_name: "Model",
    config: { layers: [{ config: { batch_input_shape: [null, 2, 2, 1] } }] },
  },
  weightsManifest: [{
    paths: ["weights.bin"],
    weights: [
      { name: "dense/kernel", shape: [4, 2], dtype: "float32" },
      { name: "dense/bias", shape: [2], dtype: "float32" },
    ],
  }],
};

const WEIGHTS = new Uint8Array(40).map((_, i) => i);

/** Files of runs. */
export const RUN_READERS: readonly Reader[] = [
  {
    name: "run.json",
    file: "run.json",
    samples: async () => {
      const [old] = await sampleFiles("tests/fixtures", /^run_schema_1\.json$/);
      const { validation, test, ...about } = JSON.parse(
        new TextDecoder().decode(old),
      );
      const { scaled: _, temperature: __, ...plain } = test;
      const [present] = jsonFiles({
        schema: 2,
        ...about,
        validation: { plain: validation, calibrated: [] },
        test: { plain, calibrated: [] },
      });
      return [old, present];
    },
    read: (folder) => readRecord(folder),
  },
  {
    name: "history.jsonl",
    file: "history.jsonl",
    samples: () => {
      const lines = [1, 2, 3].map((epoch) =>
        JSON.stringify({ ...EPOCH, epoch })
      );
      return Promise.resolve([textFile(`${lines.join("\n")}\n`)]);
    },
    read: (folder) => readRunHistory({ folder }),
  },
  {
    name: "checkpoint",
    file: "last.safetensors",
    samples: async (folder) => {
      const path = `${folder}/last.safetensors`;
      const position = { ...START, epoch: 1, history: [EPOCH] };
      const content = { position, arrays: ARRAYS };
      await writeCheckpoint({ path, run: "a" }, content);
      return [await Deno.readFile(path)];
    },
    async read(_, path) {
      const found = await readCheckpoint({ path, run: "a" });
      // The checksum leaves only the checkpoint as it was written.
      if (found !== undefined) assert.deepEqual(found.arrays, ARRAYS);
      return found;
    },
  },
  {
    name: "weights",
    file: "a.safetensors",
    samples: () => {
      const content = { arrays: ARRAYS, metadata: { format: "pt" } };
      return Promise.resolve([encodeSafeTensors(content)]);
    },
    read: async (_, path) => decodeSafeTensors(await readBytes(path), path),
  },
  {
    name: "model.json",
    file: "model/model.json",
    samples: async (folder) => {
      await Deno.mkdir(`${folder}/model`);
      await Deno.writeFile(`${folder}/model/weights.bin`, WEIGHTS);
      return jsonFiles(MODEL);
    },
    read: (folder) => readRunModel({ folder }),
  },
  {
    name: "weights.bin",
    file: "model/weights.bin",
    samples: async (folder) => {
      const path = `${folder}/model/model.json`;
      await Deno.mkdir(`${folder}/model`);
      await Deno.writeTextFile(path, JSON.stringify(MODEL));
      return [WEIGHTS];
    },
    read: (folder) => readRunModel({ folder }),
  },
  {
    name: "claim",
    file: "claim-1",
    samples: () =>
      Promise.resolve([textFile("machine 12 id\n3\n"), textFile("released\n")]),
    read: (folder) => Promise.resolve(isClaimed(folder)),
  },
];
