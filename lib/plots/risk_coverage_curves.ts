import { BadInput } from "../bad_input.ts";
import type { RiskPoint } from "../calibration/risk_coverage.ts";
import { mean, standardError } from "../statistics/summary.ts";
import { lineSweep, type SweepPoint } from "./line_sweep.ts";
import type { Figure, FigureText } from "./parts/render.ts";
import { methodTitle } from "./parts/theme.ts";

/** Risk-coverage curves of one method, such as `curve` of `riskCoverage()`. */
export interface MethodCurves {
  /** Determines the colour, and the name if there is no `label`. */
  readonly method: string;
  readonly label?: string;
  /** One curve per seed, all at the same coverages. */
  readonly curves: readonly (readonly RiskPoint[])[];
}

/**
 * Error rate of the accepted predictions against coverage, the share of predictions
 * that are accepted, both in per cent. One line per method: the mean over its seeds,
 * with a band of ± one standard error if there are at least two.
 *
 * @throws {BadInput} if a method has no point, or curves at different coverages
 */
export function riskCoverageCurves(
  methods: readonly MethodCurves[],
  text: FigureText = {},
): Figure {
  const series = methods.map(({ method, label, curves }) => ({
    method,
    label: label ?? methodTitle(method),
    points: meanCurve(curves, label ?? methodTitle(method)),
  }));
  return lineSweep(series, {
    x: { label: "coverage: accepted predictions, %" },
    y: { label: "errors among the accepted, %" },
    mark: "none",
    ...text,
  });
}

function meanCurve(
  curves: MethodCurves["curves"],
  name: string,
): SweepPoint[] {
  const coverages = (curve: readonly RiskPoint[]) =>
    curve.map(({ coverage }) => coverage).join();
  const [first] = curves;
  if (!first?.length) {
    throw new BadInput(
      `Cannot draw risk against coverage as every method needs a point: ` +
        `${name} has none`,
    );
  }
  if (!curves.every((curve) => coverages(curve) === coverages(first))) {
    throw new BadInput(
      `Cannot draw risk against coverage as the curves of a method must have ` +
        `the same coverages: those of ${name} differ`,
    );
  }
  return first.map(({ coverage }, i) => {
    const risks = curves.map((curve) => 100 * curve[i].risk);
    const y = mean(risks);
    const error = standardError(risks);
    const band = risks.length > 1 ? { low: y - error, high: y + error } : {};
    return { x: 100 * coverage, y, ...band };
  });
}
