import { z } from "zod";
import { schemaOf } from "../files/record_schema.ts";
import { ROW_NAMES } from "./candidates.ts";
import type { BestEpsilonRecord } from "./figures/best_epsilon_run.ts";
import type { SurfaceRecord } from "./figures/surface_run.ts";
import type { ExperimentResults } from "./run_experiment.ts";
import type { ExperimentName } from "./spec.ts";
import type { TableRecord } from "./table/table_run.ts";
import { STUDENT_METHODS, TEACHER_NAMES } from "./teachers/teacher_grid.ts";
import type { TeachersRecord } from "./teachers/teachers_run.ts";

const NUMBERS = z.array(z.number());
const NUMBER_OR_NULL = z.number().nullable();

const WORK = { networks: z.int().min(0), epochs: z.number().min(0) };

const SCORES = {
  accuracy: z.number(),
  accuracyDense: NUMBER_OR_NULL,
  accuracySparse: NUMBER_OR_NULL,
  logLoss: z.number(),
  ece: z.number(),
  classwiseEce: z.number(),
  labelConditionalEce: z.number(),
};

const TABLE = schemaOf<TableRecord>()(z.object({
  ...WORK,
  rows: z.array(z.object({
    method: z.enum(ROW_NAMES),
    scaled: z.boolean(),
    bound: z.enum(["wide", "published"]).nullable(),
    ...SCORES,
    validationLogLoss: z.number(),
    temperature: z.number(),
    epsilon: NUMBER_OR_NULL,
    p1: NUMBER_OR_NULL,
    p2: NUMBER_OR_NULL,
    shapeTemperature: NUMBER_OR_NULL,
    epochs: NUMBER_OR_NULL,
  })),
}));

const BEST_EPSILON = schemaOf<BestEpsilonRecord>()(z.object({
  ...WORK,
  counts: NUMBERS,
  truth: NUMBERS,
  predicted: z.array(NUMBERS),
  distance: z.array(NUMBERS),
}));

const SURFACE = schemaOf<SurfaceRecord>()(z.object({
  ...WORK,
  plain: z.number(),
  logLoss: z.array(NUMBERS),
}));

const TEACHERS = schemaOf<TeachersRecord>()(z.object({
  ...WORK,
  rows: z.array(z.object({
    teacher: z.enum(TEACHER_NAMES).nullable(),
    method: z.enum(["ce", "ls", ...STUDENT_METHODS]),
    ...SCORES,
    validationLogLoss: z.number(),
    scaledLogLoss: z.number(),
  })),
  teachers: z.array(z.object({
    teacher: z.enum(TEACHER_NAMES),
    networks: z.int().min(0),
    epochs: z.number(),
    ...SCORES,
  })),
}));

/**
 * Schemas of each experiment's result for one data set. Unknown keys from other
 * versions are dropped: the spec stored with the records identifies their
 * settings.
 */
export const RESULT_SCHEMAS: {
  readonly [Name in ExperimentName]: z.ZodType<ExperimentResults[Name]>;
} = {
  "table-v": TABLE,
  "fig-6": BEST_EPSILON,
  "fig-11": SURFACE,
  "teachers": TEACHERS,
};
