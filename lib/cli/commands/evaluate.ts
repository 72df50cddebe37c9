import { BadInput } from "../../bad_input.ts";
import type { LabelledLogits } from "../../calibration/evaluate.ts";
import type { Evaluation } from "../../calibration/evaluation.ts";
import type { Logits } from "../../matrix_kinds.ts";
import { command, type Context } from "../command.ts";
import {
  flagName,
  optional,
  path,
  type Values,
  whole,
  withDefault,
} from "../flags/flags.ts";
import { evaluationJson } from "../terminal/evaluation_json.ts";
import { metricLines } from "../terminal/metric_lines.ts";
import { checkNotInput, outputFile } from "../flags/output_flags.ts";

const flags = {
  run: optional(path("RUN", "folder or id of a run, instead of files")),
  logits: optional(
    path("L.npy", "logits (rows, classes); also A.npz or A.npz:KEY"),
  ),
  labels: optional(path("Y.npy", "true classes (rows,)")),
  valLogits: optional(
    path("VL.npy", "validation logits, to fit a temperature"),
  ),
  valLabels: optional(path("VY.npy", "true classes of --val-logits")),
  eceBins: withDefault(10, whole(1, "number of bins of calibration errors")),
  report: optional(
    outputFile("R.html", "also write an HTML page with diagrams", ".html"),
  ),
};

/** The logits to evaluate. */
interface Subject {
  /** Name in the title of the report. */
  readonly name: string;
  readonly test: LabelledLogits;
  readonly validation: LabelledLogits | undefined;
  /** Input files, which must not be overwritten. */
  readonly files: readonly (string | undefined)[];
}

/** `ils evaluate`: measures the calibration of a run or of logits in files. */
export const evaluate = command({
  flags,
  examples: [
    "evaluate --logits L.npy --labels Y.npy",
    "evaluate --logits L.npy --labels Y.npy --val-logits VL.npy --val-labels VY.npy --ece-bins 15 --report R.html",
    "evaluate --run RUN --json",
  ],
  async run(values, context) {
    const { eceBins: bins, report } = values;
    const subject = values.run === undefined
      ? await readFiles(values, context)
      : await readRun(values.run, values);
    if (report !== undefined) {
      checkNotInput("--report", report, subject.files);
    }
    const { test, validation } = subject;
    const { evaluateLogits } = await import("../../calibration/evaluate.ts");
    const evaluation = evaluateLogits(test.logits, test.labels, {
      bins,
      validation,
    });
    if (report !== undefined) await writeReport(report, subject, evaluation);
    const written = report === undefined ? "" : `report: ${report}\n`;
    return {
      json: evaluationJson(evaluation),
      text: metricLines(evaluation) + written,
    };
  },
});

async function readFiles(
  values: Values<typeof flags>,
  context: Context,
): Promise<Subject> {
  const { logits, labels, valLogits, valLabels } = values;
  if (logits === undefined || labels === undefined) {
    throw new BadInput(
      "--run RUN, or both --logits L.npy and --labels Y.npy, must be given",
    );
  }
  if ((valLogits === undefined) !== (valLabels === undefined)) {
    throw new BadInput("--val-logits and --val-labels need each other");
  }
  const { basename } = await import("node:path");
  const { warnIfProbabilities } = await import(
    "../terminal/warnings.ts"
  );
  const test = await readLabelled(logits, labels);
  warnIfProbabilities(test.logits, logits, context);
  return {
    name: basename(logits),
    test,
    validation: valLogits === undefined || valLabels === undefined
      ? undefined
      : await readLabelled(valLogits, valLabels),
    files: [logits, labels, valLogits, valLabels],
  };
}

async function readLabelled(
  logitsPath: string,
  labelsPath: string,
): Promise<LabelledLogits> {
  const { readLabels, readLogits } = await import("../../files/npy.ts");
  const logits = await readLogits(logitsPath);
  const labels = await readLabels(labelsPath, { classes: logits.columns });
  if (labels.length === logits.rows) return { logits, labels };
  throw new BadInput(
    `Cannot evaluate logits: ${logitsPath} has ${logits.rows} rows, but ` +
      `${labelsPath} has ${labels.length}`,
  );
}

async function readRun(
  name: string,
  values: Values<typeof flags>,
): Promise<Subject> {
  const unused = (["logits", "labels", "valLogits", "valLabels"] as const)
    .find((key) => values[key] !== undefined);
  if (unused !== undefined) {
    throw new BadInput(
      `--run has its own logits and labels: leave out ${flagName(unused)}`,
    );
  }
  const { findRun } = await import("../../runs/open.ts");
  const { runFiles } = await import("../../runs/store.ts");
  const { readRunPart } = await import("../../runs/evaluate.ts");
  const run = await findRun(name);
  return {
    name: run.record.id,
    test: await readRunPart(run, "test"),
    validation: await readRunPart(run, "val"),
    files: runFiles(run),
  };
}

async function writeReport(
  path: string,
  { name, test, validation }: Subject,
  evaluation: Evaluation,
): Promise<void> {
  const { reliability } = await import("../../calibration/bins.ts");
  const { softmax } = await import("../../logits/softmax.ts");
  const { calibrationPage } = await import(
    "../../reports/pages/calibration_page.ts"
  );
  const { writeFileAtomic } = await import("../../files/write_file_atomic.ts");
  const { calibrateLogits } = await import("../../calibration/evaluate.ts");
  const binsOf = (logits: Logits) =>
    reliability(softmax(logits), test.labels, evaluation.plain.bins);
  const calibrated = validation === undefined
    ? []
    : calibrateLogits(test.logits, validation);
  const page = await calibrationPage({
    name,
    evaluation,
    bins: binsOf(test.logits),
    calibratedBins: calibrated.map(({ logits }) => binsOf(logits)),
  });
  await writeFileAtomic(path, page);
}
