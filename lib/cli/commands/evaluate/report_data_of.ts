import { modelDiagrams } from "../../../calibration/model_diagrams.ts";
import {
  buildReportData,
  type ReportedRows,
  type ReportSettings,
} from "../../../reports/calibration/build_report_data.ts";
import type { ReportData } from "../../../reports/calibration/report_data.ts";
import type { ReportImages } from "../../../reports/calibration/report_images.ts";
import { embedModels } from "../../../reports/interactive/embed_models.ts";
import type { Context } from "../../command.ts";
import { progressLine } from "../../terminal/progress_line.ts";
import type { FittedModel } from "./fit_models.ts";
import type { MeasuredRows } from "./measure_models.ts";

/**
 * The data of a report on measured models. Diagrams are computed here, with their
 * progress on standard error.
 *
 * @param measured the test rows, then others
 */
export async function reportDataOf(
  models: readonly FittedModel[],
  measured: readonly MeasuredRows[],
  { bins, images, ...settings }: ReportSettings & {
    readonly bins: number;
    /** Images of the test rows. */
    readonly images?: ReportImages | undefined;
  },
  context: Context,
): Promise<ReportData> {
  const { resamples, seed } = settings;
  const progress = progressLine(context);
  const rows: ReportedRows[] = [];
  for (const { name, logits, labels, comparison } of measured) {
    const versions = models.map(({ fits }, m) => ({ logits: logits[m], fits }));
    const diagrams = await modelDiagrams(versions, labels, {
      ...{ bins, resamples, seed },
      onProgress: (finished, all) =>
        progress(`${name ?? "test"}, bands: resample ${finished} of ${all}`),
    });
    const scores = await embedModels(logits, labels, { seed });
    const seen = name === undefined && images !== undefined ? { images } : {};
    rows.push({ name, comparison, diagrams, scores, ...seen });
  }
  progress("");
  const about = models.map(({ name, fits, validation }) => (
    { name, fits, validationRows: validation?.labels.length }
  ));
  return buildReportData(about, rows, settings);
}
