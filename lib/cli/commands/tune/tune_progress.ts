import { duration } from "../../../duration.ts";
import type { RunRecord } from "../../../runs/record.ts";
import type { Estimate } from "../../../cost/estimate.ts";
import type { PlanProgress } from "../../../tune/train_plan.ts";
import type { Progress } from "../../../training/progress.ts";

/**
 * Returns the progress display of one run with a prefix before its title.
 *
 * @param onEnd called instead of showing the run's summary, which would reveal
 * test results before the choice
 */
export function prefixProgress(
  progress: Progress,
  prefix: string,
  onEnd: () => void,
): Progress {
  return {
    ...progress,
    begin: (title) => progress.begin(`${prefix} ${title}`),
    end: onEnd,
  };
}

/** Returns a line about a finished run that reveals no test results. */
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
 * Returns the position in a plan, such as `[3 of 9, 2 min 10 s left]`. The time
 * left follows from the runs trained so far, or before the first from the
 * estimate.
 */
export function planPosition(
  { number, total, secondsPerRun }: PlanProgress,
  { seconds }: Pick<Estimate, "seconds">,
): string {
  const each = Number.isNaN(secondsPerRun) ? seconds / total : secondsPerRun;
  return `[${number} of ${total}, ${duration(each * (total - number + 1))} ` +
    "left]";
}

/** Returns a line with the number of runs and the estimated cost. */
export function costSummary(
  { seconds, secondsFrom, bytes }: Pick<
    Estimate,
    "seconds" | "secondsFrom" | "bytes"
  >,
  { total, finished, begun, estop }: {
    readonly total: number;
    readonly finished: number;
    readonly begun: number;
    /** True if training may stop early. */
    readonly estop: boolean;
  },
): string {
  const counts = `${countRuns(total)}, ${finished} finished` +
    (begun > 0 ? `, ${begun} begun` : "");
  if (finished === total) return `${counts}: nothing to train\n`;
  const basis = secondsFrom.kind === "runs"
    ? `from ${countRuns(secondsFrom.runs)} of this model and data`
    : secondsFrom.kind === "steps"
    ? `from ${secondsFrom.steps} measured training ` +
      (secondsFrom.steps === 1 ? "step" : "steps")
    : "";
  const early = estop ? "; less with early stopping" : "";
  return `${counts}; the others take about ${duration(seconds)} ` +
    `(${basis}${early}) and ${(bytes / 1e6).toFixed(1)} MB of disk\n`;
}

/** Returns `1 run`, `2 runs` and so on. */
export function countRuns(runs: number): string {
  return `${runs} ${runs === 1 ? "run" : "runs"}`;
}
