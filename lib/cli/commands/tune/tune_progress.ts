import { duration } from "../../../duration.ts";
import type { RunRecord } from "../../../runs/record.ts";
import type { Estimate } from "../../../cost/estimate.ts";
import type { RunProgress } from "../../../runs/runs_display.ts";

/** The display of a run that hides its test results before the choice. */
export interface HidingProgress {
  readonly progress: RunProgress;
  /** Shows the end of the run, with its validation results if it was trained. */
  end(record: RunRecord): void;
}

/** Returns a display of a run that shows validation results only. */
export function hidingProgress(run: RunProgress): HidingProgress {
  // Another process may train the run in the meantime.
  let trainedHere = false;
  return {
    progress: {
      ...run,
      end: () => trainedHere = true,
      close: (end) => end.state === "done" || run.close(end),
    },
    end(record) {
      if (trainedHere) run.end(validationSummary(record));
      run.close({ state: "done" });
    },
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
