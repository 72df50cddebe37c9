import {
  type CalibratorName,
  CALIBRATORS,
} from "../../../calibration/calibrators/calibrators.ts";
import type { Context } from "../../command.ts";
import { progressLine } from "../../terminal/progress_line.ts";

/** Reports fits on standard error. */
interface FitProgress {
  readonly report: (
    what: CalibratorName | "intervals",
    done: number,
    all: number,
  ) => void;
  readonly end: () => void;
}

/** The progress of fits, and of the resamples that follow them, on a terminal. */
export function fitProgress(context: Context): FitProgress {
  const show = progressLine(context);
  return {
    report: (what, done, all) =>
      show(
        what === "intervals"
          ? `intervals: resample ${done} of ${all}`
          : `${CALIBRATORS[what].title}: fit ${done + 1} of ${all}`,
      ),
    end: () => show(""),
  };
}
