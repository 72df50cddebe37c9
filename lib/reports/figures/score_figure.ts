import { type NetworkKey, scoresOf } from "../../statistics/paired_scores.ts";
import { methodComparison } from "../../plots/method_comparison.ts";
import type { Figure, FigureText } from "../../plots/parts/render.ts";
import { type ScoreName, SCORES } from "../tables/score_styles.ts";

/**
 * A score by method: one dot per seed, mean and standard deviation. Networks after
 * temperature scaling stand next to the unscaled ones if the records contain both.
 */
export function scoreFigure<Row extends NetworkKey>(
  records: readonly Row[],
  score: ScoreName,
  text: FigureText = {},
): Figure {
  const { title, digits, factor = 1, better } = SCORES[score];
  const names = [...new Set(records.map(({ method }) => method))];
  const valuesOf = (method: string, scaled: boolean) =>
    scoresOf(records, { method, scaled, score });
  const both = records.some(({ scaled }) => scaled);
  return methodComparison(
    names.map((method) => ({
      method,
      values: valuesOf(method, false),
      ...(both ? { scaled: valuesOf(method, true) } : {}),
    })),
    { metric: title, digits, factor, ...(better ? { better } : {}), ...text },
  );
}
