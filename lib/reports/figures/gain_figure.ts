import { gainScatter } from "../../plots/gain_scatter.ts";
import type { Figure } from "../../plots/parts/render.ts";
import type { Gain, GainScore } from "../../study/regimes/gains.ts";
import { SCORES, scoreTitle } from "../tables/score_styles.ts";

/**
 * The gains over a rival in one score against the overconfidence of plain training:
 * one small chart per method, one symbol per cell.
 *
 * @param gains of at least one cell and method with this rival and score
 */
export function gainFigure(
  gains: readonly Gain[],
  { rival, score }: { readonly rival: string; readonly score: GainScore },
): Figure {
  const { factor = 1 } = SCORES[score];
  const points = gains
    .filter((gain) => gain.rival === rival && gain.score === score)
    .map(({ temperature, gain, low, high, noise, network, method }) => ({
      x: temperature,
      y: factor * gain,
      low: factor * low,
      high: factor * high,
      group: noise === "none" ? "clean labels" : `${noise} label noise`,
      symbol: network,
      facet: method,
    }));
  const unit = factor === 1 ? "" : ", percentage points";
  return gainScatter(points, {
    x: "mean fitted temperature of plain training",
    y: `gain over ${rival} in ${scoreTitle(score)}${unit}`,
    columns: 3,
    title: `Gain over ${rival} in ${scoreTitle(score)}, with 95 % intervals`,
  });
}
