import type {
  ReportData,
  ReportSet,
  ReportVersion,
} from "../../../reports/calibration/report_data.ts";
import type { Answer } from "../../command.ts";
import { remarkLines } from "../../terminal/remark_lines.ts";
import { compareLines } from "./compare_lines.ts";

/** What the answer also contains. */
export interface CompareAnswerOptions {
  /** Whether all metrics are printed. */
  readonly all: boolean;
  /** Whether there are no intervals because of the number of scores. */
  readonly tooLarge: boolean;
  /** Path of a written report. */
  readonly report: string | undefined;
}

/**
 * The answer of `ils compare`: in JSON, the data of the page without its diagrams and
 * scores.
 */
export function compareAnswer(
  data: ReportData,
  { report, ...shown }: CompareAnswerOptions,
): Answer {
  return {
    json: { ...data, sets: data.sets.map(onlyNumbers) },
    text: [
      compareLines(data, shown),
      remarkLines(data.remarks),
      report === undefined ? "" : `report: ${report}\n`,
    ].join(""),
  };
}

function onlyNumbers({ models, images: _images, ...set }: ReportSet) {
  const numbers = ({ diagrams: _, ...version }: ReportVersion) => version;
  return {
    ...set,
    models: models.map(({ versions, scores: _, ...model }) => (
      { ...model, versions: versions.map(numbers) }
    )),
  };
}
