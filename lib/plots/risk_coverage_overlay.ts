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
  type OverlayStyle,
  withStyles,
} from "./parts/overlay.ts";
import { type Figure, type FigureText, frame } from "./parts/render.ts";
import { FAINT, INK, PAPER } from "./parts/theme.ts";

/** The risk-coverage curve of one of the models that are laid over each other. */
export interface OverlaidCurve extends OverlayLabel {
  /** By increasing coverage. */
  readonly points: readonly RiskPoint[];
  /** A point of the curve that is ringed (none). */
  readonly ringed?: RiskPoint;
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
  const curves = withStyles(models).map(({ points, ...model }) => ({
    ...model,
    percent: points.map(inPercent),
  }));
  const [, most] = extent(
    curves.flatMap(({ percent }) => percent.map(({ y }) => y)),
  );
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
      curves.map(({ percent, style }) =>
        Plot.line(percent, {
          x: "x",
          y: "y",
          stroke: style.colour,
          strokeWidth: 1.8,
        })
      ),
      curves.map((curve, i) => symbols(curve, i, models.length)),
      curves.map(({ ringed, style }) =>
        ringed === undefined
          ? null
          : Plot.dot([inPercent(ringed)], { ...RING, stroke: style.colour })
      ),
    ],
  });
  return frame(overlayFrame(title, curves, [chart]), {
    ariaLabel: `Errors against coverage: ${labelsInWords(models)}`,
    ...text,
  });
}

const RING = { x: "x", y: "y", r: 6, strokeWidth: 2.5, fill: PAPER };

function inPercent({ coverage, risk }: RiskPoint) {
  return { x: 100 * coverage, y: 100 * risk };
}

/** A symbol on each fifth of a curve, not where others have theirs. */
function symbols(
  { percent, style: { colour, symbol } }: {
    readonly percent: readonly { x: number; y: number }[];
    readonly style: OverlayStyle;
  },
  place: number,
  models: number,
): Plot.Markish {
  const step = Math.max(1, Math.floor(percent.length / 5));
  const first = Math.floor((place + 0.5) * step / models);
  const marked = percent.filter((_, i) => i % step === first);
  return Plot.dot(marked, { x: "x", y: "y", fill: colour, symbol, r: 3.5 });
}
