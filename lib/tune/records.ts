import { z } from "zod";
import { schemaOf } from "../files/record_schema.ts";
import { methodOfRun, type TunePlan } from "./plan.ts";
import type { RunOutcome } from "./train_plan.ts";

/** One run of a plan, as a flat record. */
export interface TuneRecord {
  readonly method: string;
  readonly seed: number;
  /** The run's id. */
  readonly run: string;
  /** False for a run that only teaches others. */
  readonly candidate: boolean;
  readonly state: RunOutcome["state"];
  /** Reason of the failure; null if it did not fail. */
  readonly reason: string | null;
  readonly validationLogLoss: number | null;
  readonly validationAccuracy: number | null;
  /** The method's numbers. */
  readonly [number: string]: number | string | boolean | null;
}

/**
 * Schema of `tune.json`: further keys of a record are numbers of its method, in
 * any version.
 */
export const TUNE_RECORDS: z.ZodType<readonly TuneRecord[]> = schemaOf<
  readonly TuneRecord[]
>()(z.array(
  z.object({
    method: z.string(),
    seed: z.number(),
    run: z.string(),
    candidate: z.boolean(),
    state: z.enum(["done", "failed"]),
    reason: z.string().nullable(),
    validationLogLoss: z.number().nullable(),
    validationAccuracy: z.number().nullable(),
  }).catchall(z.union([z.number(), z.string(), z.boolean(), z.null()])),
));

/**
 * Returns a record of every run of a plan and its outcome, in the order of the
 * plan.
 */
export function tuneRecords(
  { runs }: TunePlan,
  outcomes: ReadonlyMap<string, RunOutcome>,
): TuneRecord[] {
  return runs.map(({ id, spec, candidate }) => {
    const { method, numbers } = methodOfRun(spec);
    const outcome = outcomes.get(id)!;
    const done = outcome.state === "done"
      ? outcome.record.validation.plain
      : null;
    return {
      method,
      ...numbers,
      seed: spec.seed,
      run: id,
      candidate,
      state: outcome.state,
      reason: outcome.state === "failed" ? outcome.reason : null,
      validationLogLoss: done?.logLoss ?? null,
      validationAccuracy: done?.accuracy ?? null,
    };
  });
}
