/** Finished runs without training: records only, or folders. */
import { join } from "node:path";
import { type RunSpec, runTeacher } from "../../lib/runs/spec.ts";
import type { RunRecord } from "../../lib/runs/record.ts";
import type { StoredRun } from "../../lib/runs/store.ts";
import { metricsOf } from "../calibration/metrics_of.ts";
import { writeNpy } from "../../lib/files/npy.ts";

/** The published settings of a network. */
export const STUDY: RunSpec = {
  data: { dataset: "cifar10", limit: null, trainFraction: 0.8 },
  model: "resnet18",
  objective: { kind: "targets", method: { name: "ce" } },
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

/** Returns a spec with another method; `ils` is taught by its `ce` network. */
export function by(
  name: "ce" | "ls" | "ils",
  spec: RunSpec,
  epsilon = 0.1,
): RunSpec {
  const method = name === "ce"
    ? { name }
    : name === "ls"
    ? { name, epsilon }
    : { name, epsilon, temperature: 1, scores: "probabilities" as const };
  const plain = { ...spec, teacher: null };
  return {
    ...plain,
    objective: { kind: "targets", method },
    teacher: name === "ils" ? runTeacher(by("ce", plain)) : null,
  };
}

/**
 * Returns a student of a network, with the settings of the study's appendix.
 */
export function studentOf(teacher: RunSpec, teacherScaled: boolean): RunSpec {
  return {
    ...teacher,
    model: "shallownet",
    objective: {
      kind: "distillation",
      alpha: 0.9,
      temperature: 20,
      teacherScaled,
    },
    teacher: runTeacher(teacher),
    training: {
      ...teacher.training,
      optimizer: "adam",
      learningRate: 0.01,
      momentum: 0,
      weightDecay: 0,
      batchSize: 256,
      epochs: 150,
      patience: null,
    },
  };
}

/** Plain scores of a fake run; the scaled ECE and log loss are half of them. */
export interface FakeScores {
  readonly accuracy?: number;
  readonly logLoss?: number;
  readonly ece?: number;
}

/** Returns a finished run of a spec with these scores. */
export function fakeRun(spec: RunSpec, scores: FakeScores = {}): StoredRun {
  const id = `fake-${JSON.stringify(spec)}`;
  const test = metrics(scores);
  const { ece, logLoss } = test;
  const record: RunRecord = {
    schema: 2,
    id,
    spec,
    versions: { tfjs: "", tensorflow: "", device: "cpu", deno: "" },
    startedAt: "2026-01-01T00:00:00.000Z",
    seconds: 1,
    epochs: spec.training.epochs,
    bestEpoch: 1,
    trainImages: spec.data.limit === null ? 40_000 : spec.data.limit * 0.8,
    parameters: 1,
    classNames: ["a", "b"],
    mean: [0],
    std: [1],
    validation: { plain: test, calibrated: [] },
    test: {
      plain: test,
      calibrated: [{
        by: "temperature",
        parameters: { temperature: 2 },
        metrics: { ...test, ece: ece / 2, logLoss: logLoss / 2 },
      }],
    },
  };
  return { folder: id, record };
}

function metrics({ accuracy = 0.9, logLoss = 0.3, ece = 0.04 }: FakeScores) {
  return metricsOf({ accuracy, logLoss, ece });
}

/**
 * Writes runs below `root`, each into its own folder; returns the folders'
 * names.
 */
export async function writeRuns(
  root: string,
  runs: readonly StoredRun[],
): Promise<string[]> {
  const logits = {
    data: Float32Array.from([2, 0, 0, 1, 1, 0]),
    shape: [3, 2],
  };
  const labels = { data: Int32Array.from([0, 1, 1]), shape: [3] };
  return await Promise.all(runs.map(async ({ record }, i) => {
    const id = `fake-${i}`;
    const folder = join(root, id);
    await Deno.mkdir(folder, { recursive: true });
    for (const part of ["val", "test"]) {
      await writeNpy(join(folder, `logits-${part}.npy`), logits);
      await writeNpy(join(folder, `labels-${part}.npy`), labels);
    }
    const text = JSON.stringify({ ...record, id });
    await Deno.writeTextFile(join(folder, "run.json"), text);
    return id;
  }));
}
