import * as Plot from "@observablehq/plot";
import { BadInput } from "../bad_input.ts";
import type { RiskPoint } from "../calibration/risk_coverage.ts";
import { AXIS, extent } from "./parts/axes.ts";
import { drawPlot } from "./parts/drawing.ts";
import {
  labelsInWords,
  OVERLAY_SIDES,
  overlayFrame,
  type OverlayLabel,
  overlayStyle,
} from "./parts/overlay.ts";
import { type Figure, type FigureText, frame } from "./parts/render.ts";
import { FAINT, INK } from "./parts/theme.ts";

/** The risk-coverage curve of one of the models that are laid over each other. */
export interface OverlaidCurve extends OverlayLabel {
  /** By increasing coverage. */
  readonly points: readonly RiskPoint[];
}

/**
 * Risk-coverage curves of several models in one chart, as narrow as
 * `reliabilityOverlay()`: the error rate of the most confident predictions against their
 * share.
 *
 * @param text `title`: above the chart, as wide as it is
 * @throws {BadInput} if there is no model, or a model without points
 */
export function riskCoverageOverlay(
  models: readonly OverlaidCurve[],
  { title, ...text }: FigureText = {},
): Figure {
  if (!models.length || models.some(({ points }) => !points.length)) {
    throw new BadInput("Cannot draw risk against coverage without points");
  }
  const percent = models.map(({ points }) =>
    points.map(({ coverage, risk }) => ({ x: 100 * coverage, y: 100 * risk }))
  );
  const [, most] = extent(percent.flat().map(({ y }) => y));
  const chart = drawPlot({
    ...OVERLAY_SIDES,
    height: 260,
    marginTop: 8,
    marginBottom: 42,
    x: {
      ...AXIS,
      domain: [0, 100],
      ticks: 5,
      label: "coverage: share of predictions kept, %",
    },
    y: {
      ...AXIS,
      domain: [0, most || 1],
      nice: true,
      ticks: 5,
      label: "errors among them, %",
    },
    marks: [
      Plot.gridY({ stroke: FAINT, strokeOpacity: 1, ticks: 5 }),
      Plot.ruleY([0], { stroke: INK }),
      percent.map((points, i) =>
        Plot.line(points, {
          x: "x",
          y: "y",
          stroke: overlayStyle(i).colour,
          strokeWidth: 1.8,
        })
      ),
      percent.map((points, i) => symbols(points, i, models.length)),
    ],
  });
  return frame(overlayFrame(title, models, [chart]), {
    ariaLabel: `Errors against coverage: ${labelsInWords(models)}`,
    ...text,
  });
}

/** A symbol on each fifth of a curve, not where others have theirs. */
function symbols(
  points: readonly { x: number; y: number }[],
  position: number,
  models: number,
): Plot.Markish {
  const { colour, symbol } = overlayStyle(position);
  const step = Math.max(1, Math.floor(points.length / 5));
  const first = Math.floor((position + 0.5) * step / models);
  const marked = points.filter((_, i) => i % step === first);
  return Plot.dot(marked, { x: "x", y: "y", fill: colour, symbol, r: 3.5 });
}
