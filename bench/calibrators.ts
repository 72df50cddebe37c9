/**
 * Question: how long do the fits of calibrators take, and `ils calibrate --all`?
 *
 *   deno task bench calibrators --rows 10000 --classes 10
 *
 * Work: `fit`, with given settings; `folds`, a fit with settings chosen in folds, and
 * the log loss of held-out folds, as `ils calibrate` makes it, and its use on as many
 * rows; `all`, the comparison on as many test rows, with intervals. Times are of the process
 * (user and system), so that other programs on the machine hardly change them. Nothing
 * is compared.
 */
import process from "node:process";
import { BadInput } from "../lib/bad_input.ts";
import {
  CALIBRATOR_NAMES,
  type CalibratorName,
  CALIBRATORS,
} from "../lib/calibration/calibrators/calibrators.ts";
import { fitCalibrator } from "../lib/calibration/calibrators/fit_calibrator.ts";
import { compareCalibrators } from "../lib/calibration/compare_calibrators.ts";
import type { LabelledLogits } from "../lib/calibration/labelled_logits.ts";
import { calibratorsKind } from "../lib/cli/flags/calibrator_flags.ts";
import { choice, several, whole, withDefault } from "../lib/cli/flags/flags.ts";
import { textTable } from "../lib/cli/terminal/text_table.ts";
import { table } from "../lib/reports/tables/table.ts";
import { report, runProgram } from "./support/benchmark.ts";
import { machineLine } from "./support/machine.ts";
import { overconfidentPredictions } from "./support/overconfident_predictions.ts";

await runProgram({
  name: "calibrators",
  summary: "time the fits of calibrators, and their comparison",
  flags: {
    rows: withDefault(10_000, whole(1, "validation rows, and test rows")),
    classes: withDefault(10, whole(2, "classes")),
    calibrators: withDefault(
      CALIBRATOR_NAMES,
      calibratorsKind("the calibrators"),
    ),
    work: withDefault(
      ["fit", "folds"] as const,
      several(
        choice(["fit", "folds", "all"], {
          ...{ placeholder: "WORK", help: "what is timed, as columns" },
        }),
      ),
    ),
    resamples: withDefault(1000, whole(1, "resamples of the comparison")),
  },
  async run({ rows, classes, calibrators, work, resamples }) {
    const [validation, test] = [1, 2]
      .map((seed) => overconfidentPredictions(rows, classes, seed));
    const size = `${machineLine()}; ${rows} x ${classes}\n`;
    const records: Record<string, string>[] = [];
    for (const by of work.some((one) => one !== "all") ? calibrators : []) {
      records.push(await timed(by, { validation, test, work }));
      report(JSON.stringify(records.at(-1)));
    }
    const each = records.length === 0 ? "" : textTable(table(records));
    if (!work.includes("all")) return size + each;
    const seconds = await cpuSeconds(() =>
      compareCalibrators(test, validation, {
        ...{ calibrators, resamples, onProgress: progress() },
      })
    );
    const count = `${calibrators.length} calibrators, ${resamples} resamples`;
    return `${size}${each}comparison of ${count}: ${seconds} s\n`;
  },
});

type Work = "fit" | "folds" | "all";

async function timed(
  by: CalibratorName,
  { validation, test, work }: {
    readonly validation: LabelledLogits;
    readonly test: LabelledLogits;
    readonly work: readonly Work[];
  },
): Promise<Record<string, string>> {
  const { logits, labels } = validation;
  const times: Record<string, string> = { calibrator: by };
  try {
    if (work.includes("fit")) {
      times["fit, s"] = await cpuSeconds(() =>
        CALIBRATORS[by].fit(logits, labels)
      );
    }
    if (work.includes("folds")) {
      let chosen: ReturnType<typeof fitCalibrator> | undefined;
      times["with folds, s"] = await cpuSeconds(() => {
        chosen = fitCalibrator(by, validation, { crossValidate: true });
      });
      times["use, s"] = await cpuSeconds(() => chosen?.apply(test.logits));
    }
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    times.refused = error.message;
  }
  return times;
}

/** Seconds of the processor, with two digits. */
async function cpuSeconds(work: () => unknown): Promise<string> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return ((user + system) / 1e6).toPrecision(2);
}

/** Reports when the comparison turns to another calibrator, and the seconds so far. */
function progress() {
  let last = "";
  return (what: string) => {
    if (what === last) return;
    last = what;
    const { user, system } = process.cpuUsage();
    report(`${what} from ${((user + system) / 1e6).toFixed(0)} s on`);
  };
}
