import { argMax, takeRows } from "../../matrix.ts";
import { softmax } from "../../logits/softmax.ts";
import type { Logits } from "../../matrix_kinds.ts";
import { pictureAt } from "../../plots/parts/png.ts";
import {
  type ConfusionCell,
  confusionCells,
} from "../interactive/confusion_table.ts";
import {
  embedImages,
  type ImageStack,
} from "../interactive/embedded_images.ts";
import { embedScores } from "../interactive/embedded_scores.ts";
import type { ImageRows } from "../interactive/image_rows.ts";
import { shrunk } from "../interactive/shrunk.ts";
import { type Answers, rowsWorthSeeing } from "./rows_worth_seeing.ts";

/** The images of a report, and what its models take for what. */
export interface ReportImages {
  /** Images that the page embeds, with the models' scores. */
  readonly rows: ImageRows;
  /** By model, of all rows. */
  readonly cells: readonly (readonly ConfusionCell[])[];
}

/** A model that a report shows images of. */
export interface SeenModel {
  readonly name: string;
  /** `[n, classes]`. */
  readonly logits: Logits;
}

/** Bytes of thumbnails before their compression. */
const MOST_BYTES = 3_000_000;

/** Thumbnails in a page. */
const MOST_IMAGES = 3000;

/** Pixels of the longer side of a thumbnail. */
const SIDE = 64;

/**
 * The images of test rows that a report embeds: the most confident errors of each model,
 * and images of each pair of label and prediction, as many as a page can hold.
 *
 * @param models at least one
 * @param options `labels` `[n]`, the `images` of all rows, the `classNames`, and the
 * numbers of the rows in the reader's files (0 to n - 1)
 */
export async function reportImages(
  models: readonly SeenModel[],
  { labels, images: { pixels, ...shape }, classNames, numbers }: {
    readonly labels: Int32Array;
    readonly images: ImageStack;
    readonly classNames: readonly string[];
    readonly numbers?: readonly number[] | undefined;
  },
): Promise<ReportImages> {
  const answers = models.map(({ logits }) => answersOf(logits));
  const thumbnail = (row: number) =>
    shrunk(pictureAt(pixels, row, shape), SIDE);
  const most = Math.floor(MOST_BYTES / thumbnail(0).pixels.length);
  const rows = rowsWorthSeeing(answers, labels, Math.min(most, MOST_IMAGES));
  const ownLabels = Int32Array.from(rows, (row) => labels[row]);
  const embedded = models.map(async ({ name, logits }) => ({
    name,
    scores: await embedScores(takeRows(logits, rows), ownLabels),
  }));
  return {
    rows: {
      classNames,
      numbers: numbers === undefined ? rows : rows.map((row) => numbers[row]),
      images: embedImages(rows.map(thumbnail)),
      models: await Promise.all(embedded),
    },
    cells: answers.map(({ predicted }) => confusionCells(predicted, labels)),
  };
}

function answersOf(logits: Logits): Answers {
  const { data, rows, columns } = softmax(logits);
  const predicted = new Int32Array(rows);
  const confidence = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    predicted[i] = argMax(logits, i);
    confidence[i] = data[i * columns + predicted[i]];
  }
  return { predicted, confidence };
}
