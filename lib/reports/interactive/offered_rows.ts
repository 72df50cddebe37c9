import { nameInText } from "../../plots/parts/name_in_text.ts";
import { labelProbabilities } from "../../calibration/scores.ts";
import { confidentErrors } from "../../calibration/confident_errors.ts";
import { widestSpread } from "../../statistics/widest_spread.ts";
import type { RestoredRows } from "./image_rows.ts";
import type { OfferedRows } from "./selected_images.ts";

/** Images of a selection that a button offers. */
const COUNT = 12;

/**
 * Selections that are worth a look: the images on which several models differ most, and
 * each model's most confident errors.
 */
export function offeredRows(
  { models, labels }: Pick<RestoredRows, "models" | "labels">,
): OfferedRows[] {
  const errors = models.flatMap(({ name, probabilities }) => {
    const rows = confidentErrors(probabilities, labels, COUNT)
      .map(({ row }) => row);
    return rows.length === 0 ? [] : [{
      rows,
      title: models.length === 1 ? "Errors" : `Errors of ${nameInText(name)}`,
      words: `The ${rows.length} most confident errors of ${nameInText(name)}`,
      marked: false,
    }];
  });
  return models.length === 1
    ? errors
    : [mostDifferent(models, labels), ...errors];
}

function mostDifferent(
  models: RestoredRows["models"],
  labels: Int32Array,
): OfferedRows {
  const given = models.map(({ probabilities }) =>
    labelProbabilities(probabilities, labels)
  );
  const rows = widestSpread(given, COUNT);
  return {
    rows,
    title: "Differences",
    words: `The ${rows.length} images on which the networks differ most in ` +
      `the probability of the true class`,
    marked: false,
  };
}
