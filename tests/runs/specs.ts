import type { OwnData } from "../../lib/data/own/load.ts";
import {
  type LabelNoise,
  type RunSpec,
  runTeacher,
} from "../../lib/runs/spec.ts";

/** A run on the excerpt that takes about a second. */
export const TINY: RunSpec = {
  data: { dataset: "excerpt", limit: 100, trainFraction: 0.6 },
  model: "lenet",
  objective: { kind: "targets", method: { name: "ce" } },
  teacher: null,
  training: {
    optimizer: "sgd",
    learningRate: 0.05,
    momentum: 0.9,
    weightDecay: 1e-4,
    milestones: [0.5],
    gamma: 0.1,
    batchSize: 20,
    epochs: 2,
    patience: null,
  },
  seed: 1,
};

/** A user's own data. */
export const OWN: OwnData = { folder: "/data/mine", sha256: "a".repeat(64) };

/** A run of `ils` taught by `TINY`. */
export const TAUGHT: RunSpec = {
  ...TINY,
  objective: {
    kind: "targets",
    method: {
      name: "ils",
      epsilon: 0.1,
      temperature: 1,
      scores: "probabilities",
    },
  },
  teacher: runTeacher(TINY),
};

/** `TINY` with a loss on hard labels. */
export const FOCAL: RunSpec = {
  ...TINY,
  objective: { kind: "loss", loss: { name: "focal", focalGamma: 3 } },
};

/** A student of `TINY`. */
export const STUDENT: RunSpec = {
  ...TINY,
  objective: {
    kind: "distillation",
    alpha: 0.9,
    temperature: 20,
    teacherScaled: false,
  },
  teacher: runTeacher(TINY),
};

/** Returns a run with label noise, as has its teacher if that is a run. */
export function noisy(spec: RunSpec, noise: LabelNoise): RunSpec {
  const { data, teacher } = spec;
  return {
    ...spec,
    data: { ...data, noise },
    teacher: teacher?.kind === "run"
      ? { ...teacher, data: { ...teacher.data, noise } }
      : teacher,
  };
}
