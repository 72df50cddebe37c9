import { z } from "zod";
import type { RunSpec } from "./spec.ts";
import { withTeacherKinds } from "./teacher_kinds.ts";

const NUMBERS = z.array(z.number());

const OWN_DATA = z.looseObject({
  folder: z.string(),
  sha256: z.string(),
  imageSize: z.int().optional(),
  fit: z.string().optional(),
  channels: z.int().optional(),
  augment: z.string().optional(),
});

const DATA = z.looseObject({
  dataset: z.string(),
  own: OWN_DATA.optional(),
  limit: z.int().nullable(),
  trainFraction: z.number(),
  splitSeed: z.int().optional(),
  holdOut: z.looseObject({ folds: z.int(), fold: z.int(), seed: z.int() })
    .optional(),
  noise: z.lazy((): z.ZodType => NOISE).optional(),
});

const TRAINING = z.looseObject({
  optimizer: z.enum(["sgd", "adam"]),
  learningRate: z.number(),
  momentum: z.number(),
  weightDecay: z.number(),
  milestones: NUMBERS,
  gamma: z.number(),
  batchSize: z.int(),
  epochs: z.int(),
  patience: z.int().nullable(),
});

/** A method or a loss, with any numbers. */
const NAMED = z.looseObject({ name: z.string() });

const OBJECTIVE = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("targets"), method: NAMED }),
  z.looseObject({ kind: z.literal("loss"), loss: NAMED }),
  z.looseObject({
    kind: z.literal("distillation"),
    alpha: z.number(),
    temperature: z.number(),
    teacherScaled: z.boolean(),
    teacherCalibrator: z.string().optional(),
  }),
]);

const RUN = z.looseObject({
  data: DATA,
  model: z.string(),
  objective: OBJECTIVE,
  teacher: z.lazy((): z.ZodType => TEACHER).nullable(),
  training: TRAINING,
  seed: z.int(),
});

const NOISE = z.looseObject({
  kind: z.enum(["even", "similar"]),
  rate: z.number(),
  seed: z.int(),
  source: RUN.optional(),
});

const TEACHER = z.union([
  z.looseObject({ logits: z.string() }),
  z.looseObject({ ensemble: RUN, members: z.int() }),
  z.looseObject({ crossFitted: RUN, folds: z.int(), repeats: z.int() }),
  RUN,
]);

/**
 * Schema of a spec in a run's record. It checks the form; `checkSpec()` checks
 * the ranges before training. No key is dropped, as the id of a run is a hash
 * of all of them. Teachers get the kind that files of earlier versions lack.
 */
export const RUN_SPEC: z.ZodType<RunSpec> = RUN.transform((spec) =>
  withTeacherKinds(spec as unknown as RunSpec)
);
