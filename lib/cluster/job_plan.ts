import { join } from "node:path";
import { z } from "zod";
import type { JobResources } from "../cost/job_resources.ts";
import type { SecondsFrom } from "../cost/estimate.ts";
import { schemaOf } from "../files/record_schema.ts";
import { resultsRoot } from "../files/user_folders.ts";
import type { RunSpec } from "../runs/spec.ts";
import { RUN_SPEC } from "../runs/spec_schema.ts";

/**
 * Runs and synthetic data sets for a scheduler, and the jobs into which they are
 * grouped.
 */
export interface JobPlan {
  /** Version of this form. */
  readonly schema: 1;
  /** Name of the profile, or id of the grid. */
  readonly name: string;
  /** Path of the file from which the commands read this plan. */
  readonly file: string;
  /**
   * False if further runs depend on the results of these: plan again once they
   * are finished.
   */
  readonly complete: boolean;
  /** What runs need besides each other. */
  readonly inputs?: PlanInputs;
  /** Every run once, after the runs that it needs. */
  readonly runs: readonly PlannedRun[];
  /**
   * The runs and data sets that are not finished, grouped, after the jobs that
   * they need.
   */
  readonly jobs: readonly Job[];
  /** Writes tables and pages once all runs are finished; null if incomplete. */
  readonly results: Step | null;
  /** Number of finished runs. */
  readonly finished: number;
  /** Number of synthetic data sets, of all experiments together. */
  readonly datasets: { readonly total: number; readonly finished: number };
  /** Number of runs at once to which `seconds` refers. */
  readonly atOnce: number;
  /** Estimated time until everything is finished. */
  readonly seconds: number;
  /** Source of that estimate. */
  readonly secondsFrom: SecondsFrom;
  /** Estimated multiply-adds of the runs that are not finished. */
  readonly multiplyAdds: number;
  /** Estimated size on disk of the runs that are not finished. */
  readonly bytes: number;
}

/** Absolute paths on a disk that all nodes share. */
export interface PlanInputs {
  /** File of the logits of a teacher that is not a run. */
  readonly teacherLogits?: string | undefined;
  /** Folder of the run that decides the label noise. */
  readonly noiseFolder?: string | undefined;
}

/** A command, what it waits for and what it needs. */
export interface Step {
  /** Arguments of `deno task`. */
  readonly command: readonly string[];
  readonly resources: JobResources;
}

/** One network to train. */
export interface PlannedRun {
  readonly id: string;
  readonly method: string;
  readonly numbers: Readonly<Record<string, number | string>>;
  readonly seed: number;
  /** False for a run that only teaches others. */
  readonly candidate: boolean;
  readonly state: "finished" | "begun" | "missing";
  /** Ids of the runs that it needs: teachers, and the source of label noise. */
  readonly after: readonly string[];
  /** Trains this run alone: arguments of `deno task`. */
  readonly command: readonly string[];
  readonly spec: RunSpec;
}

/** Runs, or data sets, that one process computes one after the other. */
export interface Job extends Step {
  readonly id: string;
  /** Ids of its runs. */
  readonly runs: readonly string[];
  /** Its synthetic data sets. */
  readonly datasets?: DatasetRange;
  /** Ids of the jobs that it needs. */
  readonly after: readonly string[];
}

/** Consecutive data sets of one experiment. */
export interface DatasetRange {
  /** Folder of their files. */
  readonly folder: string;
  /** Number of the first one. */
  readonly first: number;
  readonly count: number;
}

const COMMAND = z.array(z.string()).min(1);

const STEP = {
  command: COMMAND,
  resources: z.object({
    threads: z.int().min(1),
    memoryMb: z.int().min(1),
    gpus: z.int().min(0),
    minutes: z.int().min(1),
  }),
};

const IDS = z.array(z.string());

/** Schema of the file of a plan. */
export const JOB_PLAN: z.ZodType<JobPlan> = schemaOf<JobPlan>()(z.object({
  schema: z.literal(1),
  name: z.string(),
  file: z.string(),
  complete: z.boolean(),
  inputs: z.object({
    teacherLogits: z.string().optional(),
    noiseFolder: z.string().optional(),
  }).exactOptional(),
  runs: z.array(z.object({
    id: z.string(),
    method: z.string(),
    numbers: z.record(z.string(), z.union([z.number(), z.string()])),
    seed: z.int(),
    candidate: z.boolean(),
    state: z.enum(["finished", "begun", "missing"]),
    after: IDS,
    command: COMMAND,
    spec: RUN_SPEC,
  })),
  jobs: z.array(z.object({
    id: z.string(),
    runs: IDS,
    datasets: z.object({
      folder: z.string(),
      first: z.int().min(0),
      count: z.int().min(1),
    }).exactOptional(),
    after: IDS,
    ...STEP,
  })),
  results: z.object(STEP).nullable(),
  finished: z.int(),
  datasets: z.object({ total: z.int(), finished: z.int() }),
  atOnce: z.int().min(1),
  seconds: z.number(),
  secondsFrom: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("nothing") }),
    z.object({ kind: z.literal("runs"), runs: z.int() }),
    z.object({ kind: z.literal("steps"), steps: z.int() }),
  ]),
  multiplyAdds: z.number(),
  bytes: z.number(),
}));

/** The default path of a plan's file. */
export function planFile(name: string): string {
  return join(resultsRoot(), "plans", `${name}.json`);
}

/** Returns the folder of a plan's logs. */
export function jobsFolder({ file }: Pick<JobPlan, "file">): string {
  return file.replace(/\.json$/, "");
}
