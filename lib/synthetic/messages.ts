import { z } from "zod";
import { schemaOf } from "../files/record_schema.ts";
import { ROW_NAMES } from "./candidates.ts";
import { RESULT_SCHEMAS } from "./record_schemas.ts";
import type { ExperimentResults } from "./run_experiment.ts";
import {
  type ExperimentName,
  EXPERIMENTS,
  type SyntheticSpec,
} from "./spec.ts";

/** A data set to compute. */
export interface Task {
  /** A spec that `syntheticSpec()` returned. */
  readonly spec: SyntheticSpec;
  readonly dataset: number;
}

/** The answer to a task: its result, or an error message. */
export type Answer = Done | {
  readonly dataset: number;
  readonly error: string;
};

/** The result of a task. */
export interface Done {
  readonly dataset: number;
  /** Seconds that the task took, on one core. */
  readonly seconds: number;
  readonly result: ExperimentResults[ExperimentName];
}

const TEACHER_PLAN = z.looseObject({
  method: z.looseObject({ name: z.string() }),
  networks: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("one") }),
    z.strictObject({ kind: z.literal("ensemble"), members: z.int() }),
    z.strictObject({
      kind: z.literal("folds"),
      folds: z.int(),
      repeats: z.int(),
    }),
  ]),
  generations: z.int(),
});

/**
 * Checks the form of a spec; `syntheticSpec()` checked the ranges in the
 * process that sends it.
 */
const SPEC = z.strictObject({
  experiment: z.enum(EXPERIMENTS),
  layout: z.string(),
  trainPerClass: z.int(),
  testPerClass: z.int(),
  hiddenLayers: z.int(),
  batchSize: z.int().nullable(),
  methods: z.array(z.enum(ROW_NAMES)),
  teacher: TEACHER_PLAN.exactOptional(),
  studentSeeds: z.int(),
  members: z.int(),
  seed: z.int(),
}).transform((spec) => spec as unknown as SyntheticSpec);

/** Schema of a task, a line on a worker's standard input. */
export const TASK: z.ZodType<Task> = schemaOf<Task>()(
  z.strictObject({ spec: SPEC, dataset: z.int().min(0) }),
);

/**
 * Returns the schema of the answer to a task, a line on a worker's standard
 * output: the result of its experiment, or an error.
 */
export function answerSchema(
  { spec: { experiment }, dataset }: Task,
): z.ZodType<Answer> {
  return z.union([
    z.strictObject({
      dataset: z.literal(dataset),
      seconds: z.number(),
      result: RESULT_SCHEMAS[experiment],
    }),
    z.strictObject({ dataset: z.literal(dataset), error: z.string() }),
  ]);
}
