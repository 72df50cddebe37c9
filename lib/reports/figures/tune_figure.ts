import type { ChosenPoint, PointResult } from "../../tune/choose.ts";
import { numberTitle } from "../../tune/grid.ts";
import { heatMap } from "../../plots/heat_map.ts";
import { lineSweep } from "../../plots/line_sweep.ts";
import type { Figure } from "../../plots/parts/render.ts";
import { methodTitle } from "../../plots/parts/theme.ts";
import { validationScore } from "../tables/tune_table.ts";

const { title: METRIC, digits: DIGITS } = validationScore("logLoss");

/** A hyperparameter of a method and the values tried, in order. */
interface Axis {
  readonly name: string;
  readonly values: readonly number[];
}

/**
 * The validation log loss of one method over its hyperparameters: a line if one
 * of them has several values, a heat map of the first two if more have, with the
 * others fixed at the chosen point. Only points with the hyperparameters of the
 * chosen one are shown, by default those of the first point.
 *
 * @param all points of one method
 * @param chosen point of that method; undefined if no point could be chosen
 * @returns undefined if there is nothing to compare
 */
export function tuneFigure(
  all: readonly PointResult[],
  chosen: ChosenPoint | undefined,
): Figure | undefined {
  const keys = keysOf(chosen ?? all[0]);
  const points = all.filter((point) => keysOf(point) === keys);
  const axes = axesOf(points);
  const anyLoss = points.some(({ logLoss }) => logLoss !== null);
  if (axes.length === 0 || !anyLoss) return undefined;
  if (axes.length === 1) return sweep(points, axes[0]);
  const [rows, columns, ...others] = axes;
  const shown = points.filter(({ numbers }) =>
    others.every(({ name }) => numbers[name] === chosen?.numbers[name])
  );
  return map(shown, { rows, columns, others, chosen });
}

function keysOf({ numbers }: PointResult): string {
  return Object.keys(numbers).join(" ");
}

function axesOf(points: readonly PointResult[]): Axis[] {
  const names = Object.keys(points[0].numbers);
  return names.flatMap((name) => {
    const values = [...new Set(points.map(({ numbers }) => numbers[name]))];
    const numeric = values.every((value) => typeof value === "number");
    return numeric && values.length > 1 ? [{ name, values }] : [];
  });
}

function sweep(
  points: readonly PointResult[],
  { name, values }: Axis,
): Figure {
  const { method } = points[0];
  const label = numberTitle(name);
  return lineSweep([{
    method,
    points: points.map(({ numbers, logLoss, logLossStdev }) => {
      const [x, y] = [numbers[name] as number, logLoss ?? NaN];
      if (logLossStdev === null) return { x, y };
      return { x, y, low: y - logLossStdev, high: y + logLossStdev };
    }),
  }], {
    x: { label, scale: name === "temperature" ? "log" : "linear" },
    y: { label: METRIC },
    digits: Math.max(...values.map(decimals)),
    title: `${methodTitle(method)}: choosing ${label}`,
    caption: `${meanText(points)}${
      points[0].runs.length > 1 ? ", with a band of one standard deviation" : ""
    }; the ring marks the smallest.`,
  });
}

function map(
  points: readonly PointResult[],
  { rows, columns, others, chosen }: {
    readonly rows: Axis;
    readonly columns: Axis;
    readonly others: readonly Axis[];
    readonly chosen: ChosenPoint | undefined;
  },
): Figure {
  const { method } = points[0];
  const at = (row: number, column: number) => ({ numbers }: PointResult) =>
    numbers[rows.name] === row && numbers[columns.name] === column;
  const losses = rows.values.map((row) =>
    columns.values.map((column) => points.find(at(row, column))?.logLoss ?? NaN)
  );
  const axis = ({ name, values }: Axis) => ({
    label: numberTitle(name),
    names: values.map(String),
  });
  const index = ({ name, values }: Axis) =>
    values.indexOf(chosen!.numbers[name] as number);
  const fixed = others.map(({ name }) =>
    `, at the chosen ${numberTitle(name)} of ${chosen!.numbers[name]}`
  );
  const [first, second] = [axis(rows), axis(columns)];
  return heatMap(losses, {
    metric: METRIC,
    rows: first,
    columns: second,
    ...(chosen ? { chosen: { row: index(rows), column: index(columns) } } : {}),
    digits: DIGITS,
    title: `${methodTitle(method)}: choosing ${first.label} and ` +
      second.label,
    caption: `${meanText(points)}${fixed.join("")}; ` +
      "the frame marks the smallest.",
  });
}

function meanText([{ runs }]: readonly PointResult[]): string {
  return runs.length === 1
    ? "One seed: the variation between seeds is unknown"
    : `Means over ${runs.length} seeds`;
}

/** Number of decimal places in a number's shortest notation. */
function decimals(value: number): number {
  return (String(value).split(".")[1] ?? "").length;
}
