import { BadInput } from "../../../bad_input.ts";
import type { CalibratorParameters } from "../calibrator.ts";
import { checkParameters } from "./check_parameters.ts";

/** A curve for each class, given by points; one after the other. */
export type CurveParameters = {
  /** Number of points of each class, `[classes]`. */
  readonly counts: readonly number[];
  /** Positions of all points, increasing within a class. */
  readonly x: readonly number[];
  /** Values of all points. */
  readonly y: readonly number[];
};

/** The points of one curve. */
export interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Curves of all classes in one list. */
export function joinCurves(curves: readonly Points[]): CurveParameters {
  return {
    counts: curves.map(({ x }) => x.length),
    x: curves.flatMap(({ x }) => x),
    y: curves.flatMap(({ y }) => y),
  };
}

/** The curve of each class. */
export function splitCurves({ counts, x, y }: CurveParameters): Points[] {
  let start = 0;
  return counts.map((count) => {
    const end = start + count;
    const points = { x: x.slice(start, end), y: y.slice(start, end) };
    start = end;
    return points;
  });
}

/** Throws `BadInput` unless the parameters are curves of so many classes. */
export function checkCurves(
  parameters: CalibratorParameters,
  classes: number,
): void {
  const { counts } = parameters;
  const total = Array.isArray(counts)
    ? (counts as readonly number[]).reduce((sum, count) => sum + count, 0)
    : 0;
  const probabilities = { count: total, least: 0, most: 1 };
  checkParameters(parameters, {
    counts: { count: classes, least: 1, whole: true },
    x: probabilities,
    y: probabilities,
  });
  for (const { x } of splitCurves(parameters as CurveParameters)) {
    const place = x.findIndex((value, i) => i > 0 && value <= x[i - 1]);
    if (place < 0) continue;
    throw new BadInput(
      `Calibration map: x must increase within a class: ${x[place]} follows ` +
        x[place - 1],
    );
  }
}

/** Source text of the curves, as constants `xs` and `ys`, a list per class. */
export function curvesCode(parameters: CurveParameters): string {
  const curves = splitCurves(parameters);
  const list = (of: (points: Points) => readonly number[]) =>
    curves.map((points) => `  ${JSON.stringify(of(points))},`).join("\n");
  return `const xs = [
${list(({ x }) => x)}
];
const ys = [
${list(({ y }) => y)}
];`;
}
