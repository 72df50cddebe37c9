import { BadInput } from "../../../bad_input.ts";
import { command } from "../../command.ts";
import { calibratorsKind } from "../../flags/calibrator_flags.ts";
import { optional } from "../../flags/flags.ts";
import { metricFlags, resamplesFor } from "../../flags/metric_flags.ts";
import { checkNotInput, outputFile } from "../../flags/output_flags.ts";
import { publishedKind } from "../../flags/published_kind.ts";
import { INPUT_NOTES, scoreFlags } from "../../inputs/score_flags.ts";

const flags = {
  ...scoreFlags,
  ...metricFlags,
  calibrator: optional(
    calibratorsKind(
      "calibrators to fit to the validation rows (default: temperature)",
    ),
  ),
  explain: optional(
    publishedKind(
      "instead of measuring, list the conventions that yield a published number, " +
        "such as 0.0398 or 3.98%, from these rows",
    ),
  ),
  report: optional(
    outputFile("R.html", "also write an HTML page with diagrams", ".html"),
  ),
};

/** `ils evaluate`: measures the calibration of runs or of scores in files. */
export const evaluate = command({
  flags,
  first: "run",
  examples: [
    "evaluate --logits L.npy --labels Y.npy",
    "evaluate --logits L.npy --labels Y.npy --val-logits VL.npy --val-labels VY.npy --ece-bins 15 --report R.html",
    "evaluate --logits P.csv --labels P.csv:label --probabilities --all-metrics",
    "evaluate --logits resnet=A.npz:logits,vit=B.npy --labels Y.npy --also shifted=C.npy,D.npy,Z.npy",
    "evaluate RUN --conformal --json",
    "evaluate --logits L.npy --labels Y.npy --explain 0.0398",
    "evaluate RUN --calibrator temperature,structured-matrix",
  ],
  notes: INPUT_NOTES,
  async run(values, context) {
    const { eceBins: bins, topK, seed, conformal, allMetrics: all, report } =
      values;
    const { loadScores } = await import("../../inputs/load_scores.ts");
    const loaded = await loadScores(values);
    const { models, labels, remarks, files } = loaded;
    const calibrators = values.calibrator;
    if (calibrators !== undefined && models[0].validation === undefined) {
      throw new BadInput("--calibrator needs --val-logits and --val-labels");
    }
    if (conformal && models.some(({ validation }) => !validation)) {
      throw new BadInput("--conformal needs --val-logits and --val-labels");
    }
    const { explain } = values;
    if (explain !== undefined) {
      const { explainAnswer } = await import("./explain_answer.ts");
      return explainAnswer(loaded, { ...values, explain });
    }
    if (report !== undefined) checkNotInput("--report", report, files);
    const { fitModels } = await import("./fit_models.ts");
    const { conformalSetsOf, measureModels, mostScores } = await import(
      "./measure_models.ts"
    );
    const resamples = resamplesFor(values, mostScores(models, labels));
    const fitted = fitModels(models, calibrators, context);
    const options = { bins, topK, resamples, seed };
    const measured = await measureModels(fitted, labels, options, context);
    const sets = conformal
      ? measured.map((rows) => conformalSetsOf(fitted, rows, { seed }))
      : undefined;
    if (report !== undefined) {
      const { reportDataOf, writeReport } = await import("./write_report.ts");
      const about = { bins, resamples, seed, remarks };
      const data = await reportDataOf(fitted, measured, about, context);
      await writeReport(report, data);
    }
    const { evaluateAnswer } = await import("./evaluate_answer.ts");
    const tooLarge = values.resamples === undefined && resamples === 0;
    return evaluateAnswer(models, measured, {
      ...{ all, resamples, tooLarge, seed, remarks, report, sets },
    });
  },
});
