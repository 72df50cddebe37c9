import { matrix } from "../../matrix.ts";
import { asLogits, type Logits } from "../../matrix_kinds.ts";
import { stream } from "../../random.ts";
import { type EmbeddedScores, embedScores } from "./embedded_scores.ts";

/** Logits in one page, which take about two and a half bytes each. */
const MOST_SCORES = 1_200_000;

/**
 * The scores of several models as a page embeds them: of all rows, or of a random sample
 * of them, the same for all models, if they would make the page too large.
 *
 * @param logits of each model, `[n, classes]`
 * @param labels `[n]`, class indices
 * @param options `seed` of the sample; `most`, the number of logits (1,200,000)
 */
export async function embedModels(
  logits: readonly Logits[],
  labels: Int32Array,
  { seed, most: mostScores = MOST_SCORES }: {
    readonly seed: number;
    readonly most?: number;
  },
): Promise<EmbeddedScores[]> {
  const [{ rows, columns }] = logits;
  const most = Math.floor(mostScores / (columns * logits.length));
  const sampled = rows <= most
    ? undefined
    : stream(seed, "page").permutation(rows).subarray(0, Math.max(1, most))
      .toSorted();
  return await Promise.all(
    logits.map((scores) =>
      sampled === undefined
        ? embedScores(scores, labels)
        : embedScores(rowsOf(scores, sampled), labelsOf(labels, sampled))
    ),
  );
}

function rowsOf({ data, columns }: Logits, rows: Int32Array): Logits {
  const chosen = new Float64Array(rows.length * columns);
  rows.forEach((row, i) =>
    chosen.set(data.subarray(row * columns, (row + 1) * columns), i * columns)
  );
  return asLogits(matrix(chosen, columns));
}

function labelsOf(labels: Int32Array, rows: Int32Array): Int32Array {
  return rows.map((row) => labels[row]);
}
