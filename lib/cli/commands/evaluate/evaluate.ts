import { BadInput } from "../../../bad_input.ts";
import { command } from "../../command.ts";
import { calibratorFlag } from "../../flags/calibrator_flags.ts";
import { optional } from "../../flags/flags.ts";
import { metricFlags } from "../../flags/metric_flags.ts";
import { checkNotInput } from "../../flags/output_flags.ts";
import { reportFlags } from "../../flags/report_flags.ts";
import { publishedKind } from "../../flags/published_kind.ts";
import { INPUT_NOTES, scoreFlags } from "../../inputs/score_flags.ts";

const flags = {
  ...scoreFlags,
  ...metricFlags,
  calibrator: calibratorFlag,
  explain: optional(
    publishedKind(
      "instead of measuring, list the conventions that yield a published number, " +
        "such as 0.0398 or 3.98%, from these rows",
    ),
  ),
  ...reportFlags,
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
    "evaluate --logits L.npy --labels Y.npy --images X.npy --report R.html",
    "evaluate RUN --conformal --json",
    "evaluate --logits L.npy --labels Y.npy --explain 0.0398",
    "evaluate RUN --calibrator temperature,structured-matrix",
  ],
  notes: INPUT_NOTES,
  async run(values, context) {
    const { seed, conformal, allMetrics: all, report } = values;
    const { loadScores } = await import("../../inputs/load_scores.ts");
    const loaded = await loadScores(values);
    const { models, files } = loaded;
    const { checkCalibrator, measureLoaded } = await import(
      "./measure_loaded.ts"
    );
    checkCalibrator(values, loaded);
    if (conformal && models.some(({ validation }) => !validation)) {
      throw new BadInput("--conformal needs --val-logits and --val-labels");
    }
    const { explain } = values;
    if (explain !== undefined) {
      const { explainAnswer } = await import("./explain_answer.ts");
      return explainAnswer(loaded, { ...values, explain });
    }
    if (report !== undefined) {
      checkNotInput("--report", report, [...files, values.images]);
    }
    const { imagesOfRows } = await import("./images_of_rows.ts");
    const { images, remarks: onImages } = await imagesOfRows(values, loaded);
    const remarks = [...loaded.remarks, ...onImages];
    const { fitted, measured, resamples, tooLarge } = await measureLoaded(
      loaded,
      values,
      context,
    );
    const { conformalSetsOf } = await import("./measure_models.ts");
    const sets = conformal
      ? measured.map((rows) => conformalSetsOf(fitted, rows, { seed }))
      : undefined;
    if (report !== undefined) {
      const { reportDataOf } = await import("./report_data_of.ts");
      const { writeReport } = await import("./write_report.ts");
      const about = {
        ...{ bins: values.eceBins, resamples, seed, images, remarks },
      };
      const data = await reportDataOf(fitted, measured, about, context);
      await writeReport(report, data);
    }
    const { evaluateAnswer } = await import("./evaluate_answer.ts");
    return evaluateAnswer(models, measured, {
      ...{ all, resamples, tooLarge, seed, remarks, report, sets },
    });
  },
});
