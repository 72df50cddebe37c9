import type { BestEpsilonPoint } from "../../synthetic/figures/best_epsilon_summary.ts";
import type { SurfaceCell } from "../../synthetic/figures/surface_summary.ts";
import { heatMap } from "../../plots/heat_map.ts";
import { lineSweep, type SweepSeries } from "../../plots/line_sweep.ts";
import { type Figure, panels } from "../../plots/parts/render.ts";
import { SCORES } from "../tables/score_styles.ts";

/** The study's curve of the best epsilon, `min(0.2, 2 (p - 0.8)^2)`. */
function quadratic(): SweepSeries {
  const points = Array.from({ length: 51 }, (_, i) => {
    const x = 0.5 + i / 100;
    return { x, y: Math.min(0.2, 2 * (x - 0.8) ** 2) };
  });
  return { method: "2 (p − 0.8)²", points, style: "dashed" };
}

/**
 * The best epsilon against the probability of the true class: our points with a
 * 95 % interval over resampled data sets, and the published points.
 *
 * @param published values read off the study's figure
 */
export function bestEpsilonFigure(
  points: readonly BestEpsilonPoint[],
  published: readonly {
    readonly trueClassProbability: number;
    readonly epsilon: number;
  }[],
): Figure {
  const ours = points.map(({ trueClassProbability, epsilon, low, high }) => (
    { x: trueClassProbability, y: epsilon, low, high }
  ));
  const theirs = published.map(({ trueClassProbability, epsilon }) => (
    { x: trueClassProbability, y: epsilon }
  ));
  return lineSweep([
    { method: "ours", points: ours, style: "dots" },
    { method: "published", points: theirs, style: "dots" },
    quadratic(),
  ], {
    x: { label: "probability of the true class (Bayes)" },
    y: { label: "best epsilon" },
    mark: "none",
    title: "The epsilon whose networks come closest to the true probabilities",
  });
}

/** Log loss over P1 and P2, ours and published, on one colour scale. */
export function surfaceFigure(cells: readonly SurfaceCell[]): Figure {
  const p1 = [...new Set(cells.map((cell) => cell.p1))];
  const p2 = [...new Set(cells.map((cell) => cell.p2))];
  const all = cells.flatMap(({ logLoss, published }) => [logLoss, published]);
  const range = [Math.min(...all), Math.max(...all)] as const;
  const map = (key: "logLoss" | "published", title: string) =>
    heatMap(
      p1.map((row) =>
        p2.map((column) =>
          cells.find((cell) => cell.p1 === row && cell.p2 === column)![key]
        )
      ),
      {
        metric: `test ${SCORES.logLoss.title}`,
        rows: { label: "P1", names: p1.map(String) },
        columns: { label: "P2", names: p2.map(String) },
        range,
        title,
      },
    );
  return panels([map("logLoss", "ours"), map("published", "published")], 2, {
    title: "Log loss of ils1 over P1 and P2",
  });
}
