import { duration } from "../../../duration.ts";
import type { RunRecord } from "../../../runs/record.ts";
import type { Estimate } from "../../../cost/estimate.ts";
import type { PlanProgress } from "../../../tune/train_plan.ts";
import type { Progress } from "../../../training/progress.ts";

/**
 * The same progress for one run, its title led by how far the plan is.
 *
 * @param onEnd told in place of the run's own summary, which would tell of the
 * test set ahead of the choice
 */
export function led(
  progress: Progress,
  lead: string,
  onEnd: () => void,
): Progress {
  return {
    ...progress,
    begin: (title) => progress.begin(`${lead} ${title}`),
    end: onEnd,
  };
}

/** What a finished run may say ahead of the choice, in one line. */
export function validationSummary(
  { validation: { plain }, epochs, seconds }: Pick<
    RunRecord,
    "validation" | "epochs" | "seconds"
  >,
): string {
  return `validation log loss ${plain.logLoss.toFixed(4)}  ` +
    `accuracy ${(100 * plain.accuracy).toFixed(2)} %  ` +
    `${epochs} ${epochs === 1 ? "epoch" : "epochs"}  ${duration(seconds)}`;
}

/**
 * How far a plan is: `[3 of 9, 2 min 10 s left]`, by the runs that were trained
 * so far, or by the estimate ahead of the first.
 */
export function planPosition(
  { number, total, secondsPerRun }: PlanProgress,
  { seconds }: Pick<Estimate, "seconds">,
): string {
  const each = Number.isNaN(secondsPerRun) ? seconds / total : secondsPerRun;
  return `[${number} of ${total}, ${duration(each * (total - number + 1))} ` +
    "left]";
}

/** What a choice costs, in one line. */
export function costSummary(
  { seconds, secondsFrom, bytes }: Pick<
    Estimate,
    "seconds" | "secondsFrom" | "bytes"
  >,
  { total, finished, begun, estop }: {
    readonly total: number;
    readonly finished: number;
    readonly begun: number;
    /** Whether training may stop early. */
    readonly estop: boolean;
  },
): string {
  const there = `${countRuns(total)}, ${finished} finished` +
    (begun > 0 ? `, ${begun} begun` : "");
  if (finished === total) return `${there}: nothing to train\n`;
  const basis = secondsFrom.kind === "runs"
    ? `as ${countRuns(secondsFrom.runs)} of this model and data did`
    : secondsFrom.kind === "steps"
    ? `by ${secondsFrom.steps} measured training ` +
      (secondsFrom.steps === 1 ? "step" : "steps")
    : "";
  const early = estop ? ", less where they stop early" : "";
  return `${there}; the others take about ${duration(seconds)} ` +
    `(${basis}${early}) and ${(bytes / 1e6).toFixed(1)} MB of disk\n`;
}

/** `1 run`, `2 runs`. */
export function countRuns(runs: number): string {
  return `${runs} ${runs === 1 ? "run" : "runs"}`;
}
