import { BadInput } from "../../../bad_input.ts";
import {
  type ReportImages,
  reportImages,
} from "../../../reports/calibration/report_images.ts";
import type { ReportValues } from "../../flags/report_flags.ts";
import { readImages } from "../../inputs/image_files.ts";
import type { LoadedScores } from "../../inputs/loaded_scores.ts";

/** The images of the test rows that a report shows, if any. */
export interface ImagesOfRows {
  readonly images: ReportImages | undefined;
  readonly remarks: readonly string[];
}

/**
 * The images that `--images` names, with the models of the scores; none without the flag.
 *
 * @throws {BadInput} without `--report`, or if the file does not contain the images of
 * the rows
 */
export async function imagesOfRows(
  { images: path, report }: ReportValues,
  { models, labels, testRows, classNames }: LoadedScores,
): Promise<ImagesOfRows> {
  if (path === undefined) return { images: undefined, remarks: [] };
  if (report === undefined) {
    throw new BadInput("--images needs --report, which shows them");
  }
  const { images, remarks } = await readImages(path, testRows);
  const { columns } = models[0].logits;
  const names = classNames ??
    Array.from({ length: columns }, (_, k) => `class ${k}`);
  const shown = await reportImages(models, {
    ...{ labels, images },
    classNames: names,
    numbers: testRows.kept,
  });
  return { images: shown, remarks };
}
