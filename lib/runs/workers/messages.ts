import { z } from "zod";
import { schemaOf } from "../../files/record_schema.ts";
import { EPOCH_RECORD, type EpochRecord } from "../../training/history.ts";
import type { StepReport } from "../../training/step_report.ts";
import type { RunSpec } from "../spec.ts";
import { RUN_SPEC } from "../spec_schema.ts";

/** A run to train, whose teachers are finished. */
export interface TrainTask {
  readonly spec: RunSpec;
  readonly folder: string;
  /** Folders of the teacher's runs. */
  readonly teachers: readonly string[];
  /** Folder of the finished run whose confusions give the label noise. */
  readonly noiseFolder?: string | undefined;
  /** A file with the logits of a teacher that is not a run. */
  readonly teacherLogits?: {
    readonly path: string;
    /** Name of the logits in messages. */
    readonly source: string;
  };
  /** Whether to resume from an existing checkpoint. */
  readonly resume: boolean;
}

/** A report by a worker on the run that it trains. */
export type WorkerEvent =
  | { readonly event: "begin"; readonly title: string }
  | { readonly event: "step"; readonly report: StepReport }
  | { readonly event: "epoch"; readonly record: EpochRecord }
  | { readonly event: "remark"; readonly text: string }
  | { readonly event: "end"; readonly summary: string }
  | { readonly event: "done" }
  | {
    readonly event: "failed";
    readonly reason: FailureReason;
    readonly message: string;
  };

/** Why a run was not trained: the type of the error. */
export type FailureReason = typeof FAILURE_REASONS[number];

const FAILURE_REASONS = ["input", "locked", "other"] as const;

/** Schema of a task, a line on a worker's standard input. */
export const TRAIN_TASK: z.ZodType<TrainTask> = schemaOf<TrainTask>()(
  z.strictObject({
    spec: RUN_SPEC,
    folder: z.string(),
    teachers: z.array(z.string()),
    noiseFolder: z.string().optional(),
    teacherLogits: z.strictObject({ path: z.string(), source: z.string() })
      .exactOptional(),
    resume: z.boolean(),
  }),
);

/** A number that JSON writes as null if it is infinite. */
const RATE = z.number().nullable().transform((value) => value ?? Infinity);

const STEP_REPORT = z.strictObject({
  epoch: z.int(),
  epochs: z.int(),
  step: z.int(),
  steps: z.int(),
  loss: z.number(),
  imagesPerSecond: RATE,
  secondsLeft: RATE,
});

/** Schema of an event, a line on a worker's standard output. */
export const WORKER_EVENT: z.ZodType<WorkerEvent> = schemaOf<WorkerEvent>()(
  z.discriminatedUnion("event", [
    z.strictObject({ event: z.literal("begin"), title: z.string() }),
    z.strictObject({ event: z.literal("step"), report: STEP_REPORT }),
    z.strictObject({ event: z.literal("epoch"), record: EPOCH_RECORD }),
    z.strictObject({ event: z.literal("remark"), text: z.string() }),
    z.strictObject({ event: z.literal("end"), summary: z.string() }),
    z.strictObject({ event: z.literal("done") }),
    z.strictObject({
      event: z.literal("failed"),
      reason: z.enum(FAILURE_REASONS),
      message: z.string(),
    }),
  ]),
);
