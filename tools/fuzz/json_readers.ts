import { dirname, join } from "node:path";
import { readMap } from "../../lib/cli/inputs/calibration_map.ts";
import { JOB_PLAN } from "../../lib/cluster/job_plan.ts";
import { readJson } from "../../lib/files/read_json.ts";
import { readHeadlines } from "../../lib/reports/headlines.ts";
import { readExplorerData } from "../../lib/reports/interactive/read_explorer_data.ts";
import { readManifest } from "../../lib/reproduce/manifest.ts";
import { readNotebook } from "../../lib/reproduce/notebook.ts";
import { RUN_SPEC } from "../../lib/runs/spec_schema.ts";
import { TUNE_RECORDS } from "../../lib/tune/records.ts";
import type { Reader } from "./reader.ts";
import { jsonFiles, sampleFiles } from "./sample_files.ts";

const SPEC = {
  data: { dataset: "cifar10", limit: null, trainFraction: 0.8 },
  model: "resnet18",
  objective: { kind: "targets", method: { name: "ls", epsilon: 0.1 } },
  teacher: null,
  training: {
    optimizer: "sgd",
    learningRate: 0.1,
    momentum: 0.9,
    weightDecay: 1e-4,
    milestones: [0.5, 0.75],
    gamma: 0.1,
    batchSize: 512,
    epochs: 100,
    patience: 10,
  },
  seed: 1,
};

const STEP = {
  command: ["ils", "run", "a"],
  resources: { threads: 1, memoryMb: 900, gpus: 0, minutes: 5 },
};

const PLAN = {
  schema: 1,
  name: "smoke",
  file: "results/plans/smoke.json",
  complete: true,
  runs: [{
    id: "a",
    method: "ls",
    numbers: { epsilon: 0.1 },
    seed: 1,
    candidate: true,
    state: "missing",
    after: [],
    command: STEP.command,
    spec: SPEC,
  }],
  jobs: [{ id: "train-a", runs: ["a"], after: [], ...STEP }],
  results: STEP,
  finished: 0,
  datasets: { total: 0, finished: 0 },
  atOnce: 1,
  seconds: 60,
  secondsFrom: { kind: "steps", steps: 3 },
  multiplyAdds: 1e9,
  bytes: 1e6,
};

const RECORD = {
  method: "ls",
  epsilon: 0.1,
  seed: 1,
  run: "a",
  candidate: true,
  state: "done",
  reason: null,
  validationLogLoss: 0.5,
  validationAccuracy: 0.9,
};

const MAP = {
  format: "ils calibration map",
  version: 1,
  by: "temperature",
  classes: 3,
  parameters: { temperature: 1.5 },
  fit: {
    source: "L.npy",
    rows: 10,
    validationLogLoss: { uncalibrated: 0.6, calibrated: 0.5 },
    problems: [],
  },
};

/** Files of JSON. */
export const JSON_READERS: readonly Reader[] = [
  {
    name: "manifest.json",
    file: "manifest.json",
    samples: async () =>
      (await sampleFiles("results/quick", /^manifest\.json$/))
        .flatMap(withoutChecksum),
    read: (folder) => readManifest(folder),
  },
  {
    name: "notebook",
    file: "a.ipynb",
    samples: () => sampleFiles("notebooks", /^0[12].*\.ipynb$/),
    read: (_, path) => readNotebook(path),
  },
  {
    name: "plan",
    file: "plan.json",
    samples: () => Promise.resolve(jsonFiles(PLAN)),
    read: (_, path) => readJson(path, JOB_PLAN),
  },
  {
    name: "spec",
    file: "spec.json",
    samples: () => Promise.resolve(jsonFiles(SPEC)),
    read: (_, path) => readJson(path, RUN_SPEC),
  },
  {
    name: "tune.json",
    file: "tune.json",
    samples: () => Promise.resolve(jsonFiles([RECORD, RECORD])),
    read: (_, path) => readJson(path, TUNE_RECORDS),
  },
  {
    name: "calibration map",
    file: "map.json",
    samples: () => Promise.resolve(jsonFiles(MAP)),
    read: (_, path) => readMap(path),
  },
  {
    name: "headline",
    file: "headlines/07-a.json",
    samples: async (folder) => {
      await Deno.mkdir(join(folder, "headlines"), { recursive: true });
      return await sampleFiles("results/quick/headlines", /\.json$/);
    },
    read: (_, path) => readHeadlines(dirname(dirname(path))),
  },
  {
    name: "explorer data",
    file: "explorer.json",
    samples: async () => {
      const [bytes] = await sampleFiles(
        "results/quick/data",
        /explorer\.json$/,
      );
      const { models: [model], ...rest } = JSON.parse(
        new TextDecoder().decode(bytes),
      );
      // Short rows, so that most changes are elsewhere.
      const scores = { ...model.scores, logits: "AAAA", labels: "AAAA" };
      return jsonFiles({ ...rest, models: [{ ...model, scores }] });
    },
    read: (_, path) => readExplorerData(path),
  },
];

/** A file whose changes are found by its schema alone. */
function withoutChecksum(bytes: Uint8Array): Uint8Array<ArrayBuffer>[] {
  const { checksum: _, ...record } = JSON.parse(
    new TextDecoder().decode(bytes),
  );
  return jsonFiles(record);
}
