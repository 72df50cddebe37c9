import { BadInput } from "../../../bad_input.ts";
import { command } from "../../command.ts";
import { calibratorFlag } from "../../flags/calibrator_flags.ts";
import {
  optional,
  suggestion,
  text,
  whole,
  withDefault,
} from "../../flags/flags.ts";
import { metricFlags } from "../../flags/metric_flags.ts";
import { checkNotInput } from "../../flags/output_flags.ts";
import { reportFlags } from "../../flags/report_flags.ts";
import { INPUT_NOTES, scoreFlags } from "../../inputs/score_flags.ts";

const { conformal: _, ...measured } = metricFlags;

const flags = {
  ...scoreFlags,
  ...measured,
  seed: withDefault(1, whole(0, "seed of resamples")),
  reference: optional(
    text("NAME", "model from which the others differ (default: the first)"),
  ),
  calibrator: calibratorFlag,
  ...reportFlags,
};

/** `ils compare`: compares the calibration of runs or of models in files. */
export const compare = command({
  flags,
  first: "run",
  examples: [
    "compare --logits resnet=A.npy,vit=B.npz --labels Y.npy --report R.html",
    "compare --logits resnet=A.npy,vit=B.npy --labels Y.npy --val-logits resnet=VA.npy,vit=VB.npy --val-labels VY.npy --reference vit",
    "compare --probabilities --logits P.csv,Q.csv --labels P.csv:label --json",
    "compare RUN,RUN --calibrator temperature,vector --report R.html",
  ],
  notes:
    `Says how far off each model is and what repairs it, and prints its metrics and
their differences from the reference model, before and after calibration. All models
are measured on the same bootstrap resamples of the same rows, so that differences
have paired intervals. ${INPUT_NOTES}`,
  async run(values, context) {
    const { eceBins: bins, seed, allMetrics: all, report } = values;
    const { loadScores } = await import("../../inputs/load_scores.ts");
    const loaded = await loadScores(values);
    const { models, remarks, files } = loaded;
    const names = models.map(({ name }) => name);
    const reference = referenceAt(values.reference, names);
    const { checkCalibrator, measureLoaded } = await import(
      "../evaluate/measure_loaded.ts"
    );
    checkCalibrator(values, loaded);
    if (report !== undefined) {
      checkNotInput("--report", report, [...files, values.images]);
    }
    const { reportDataOf } = await import("../evaluate/report_data_of.ts");
    const { imagesOfRows } = await import("../evaluate/images_of_rows.ts");
    const { images, remarks: onImages } = await imagesOfRows(values, loaded);
    const { fitted, measured, resamples, tooLarge } = await measureLoaded(
      loaded,
      values,
      context,
    );
    const about = {
      ...{ bins, resamples, seed, reference, images },
      remarks: [...remarks, ...onImages],
    };
    const data = await reportDataOf(fitted, measured, about, context);
    if (report !== undefined) {
      const { writeReport } = await import("../evaluate/write_report.ts");
      await writeReport(report, data);
    }
    const { compareAnswer } = await import("./compare_answer.ts");
    return compareAnswer(data, { all, tooLarge, report });
  },
});

/**
 * The index of the reference among the models.
 *
 * @throws {BadInput} for a single model, or a name that none of them has
 */
function referenceAt(
  reference: string | undefined,
  names: readonly string[],
): number {
  if (names.length < 2) {
    throw new BadInput(
      `ils compare needs at least two models: ${names[0]} is the only one; ` +
        "ils evaluate measures one",
    );
  }
  if (reference === undefined) return 0;
  const found = names.indexOf(reference);
  if (found >= 0) return found;
  throw new BadInput(
    `--reference must be one of ${names.join(", ")}: current value is ` +
      `${reference}${suggestion(reference, names)}`,
  );
}
