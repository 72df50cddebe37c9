import type { RunSpec } from "../../lib/runs/spec.ts";
import type { RunRecord } from "../../lib/runs/record.ts";
import type { PlannedRun } from "../../lib/tune/plan.ts";
import type { RunOutcome } from "../../lib/tune/train_plan.ts";
import { TINY } from "../runs/specs.ts";

/** A run of `ls` on the data of `TINY`. */
export function smoothed(epsilon: number, seed = 1): RunSpec {
  const method = { name: "ls", epsilon } as const;
  return { ...TINY, objective: { kind: "targets", method }, seed };
}

/** A planned run with the fields that training uses. */
export function planned(id: string, ...taughtBy: string[]): PlannedRun {
  return { id, spec: TINY, candidate: true, taughtBy };
}

/** A record with the fields that a choice uses. */
export function record(
  id: string,
  { logLoss = 1, accuracy = 0.5 } = {},
): RunRecord {
  return { id, validation: { plain: { logLoss, accuracy } } } as RunRecord;
}

/** The outcome of a run with this validation log loss. */
export function done(id: string, logLoss: number, accuracy = 0.5): RunOutcome {
  return { state: "done", record: record(id, { logLoss, accuracy }) };
}
