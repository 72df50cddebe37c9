import * as Plot from "@observablehq/plot";
import { BadInput } from "../bad_input.ts";
import { AXIS, extent, nameRoom } from "./parts/axes.ts";
import { type Drawing, drawPlot, drawText, stack } from "./parts/drawing.ts";
import { type Figure, type FigureText, frame } from "./parts/render.ts";
import { ALARM, INK, PAPER } from "./parts/theme.ts";

/** Options of `heatMap()`. */
export interface HeatMapOptions extends FigureText {
  /** Metric shown in the cells, with its unit: "validation log loss". */
  readonly metric: string;
  /** Name of the vertical axis and names of the rows. */
  readonly rows: { readonly label: string; readonly names: readonly string[] };
  /** Name of the horizontal axis and names of the columns. */
  readonly columns: {
    readonly label: string;
    readonly names: readonly string[];
  };
  /** Indices of the cell to mark. */
  readonly chosen?: { readonly row: number; readonly column: number };
  /** Decimal places of the printed numbers (3). */
  readonly digits?: number;
  /**
   * Values of the lightest and the darkest colour, for maps with a common scale (the
   * smallest and the largest value); values outside have the colour of the end.
   */
  readonly range?: readonly [number, number];
}

interface Cell {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

/**
 * Heat map with its values printed in the cells, darker for higher values, and the
 * chosen cell framed. Cells that are not finite stay empty.
 *
 * @param values `[rows, columns]`
 * @throws {BadInput} if the shape of the values does not match the names
 */
export function heatMap(
  values: readonly (readonly number[])[],
  options: HeatMapOptions,
): Figure {
  const { metric, rows, columns, chosen, digits = 3 } = options;
  const [height, width] = [rows.names.length, columns.names.length];
  const fits = values.length === height &&
    values.every((row) => row.length === width);
  if (!fits || !height || !width) {
    throw new BadInput(
      `Cannot draw a heat map as its values must be ${height} rows of ${width}`,
    );
  }
  const cells = values.flatMap((row, i) =>
    row.map((value, j): Cell => ({ row: i, column: j, value }))
  ).filter(({ value }) => Number.isFinite(value));
  const mark = chosen
    ? `, chosen: ${rows.label} ${rows.names[chosen.row]}, ` +
      `${columns.label} ${columns.names[chosen.column]}, ` +
      `${values[chosen.row]?.[chosen.column]?.toFixed(digits)}`
    : "";
  return frame(drawCells(cells, options), {
    ariaLabel: `${metric} by ${rows.label} and ${columns.label}${mark}`,
    ...options,
  });
}

function drawCells(
  cells: readonly Cell[],
  options: HeatMapOptions,
): Drawing {
  const { metric, rows, columns, chosen, digits = 3 } = options;
  const side = nameRoom(rows.names);
  const foot = nameRoom(columns.names, 110);
  const range = options.range ?? extent(cells.map(({ value }) => value));
  const numbers = cells.map(({ value }) => value.toFixed(digits));
  const cell = Math.max(
    44,
    nameRoom(numbers).room + 12,
    Math.min(foot.room + 10, 84),
  );
  const turned = foot.room + 8 > cell;
  const marginLeft = side.room + 40;
  const marginBottom = turned ? Math.round(foot.room * 0.75) + 44 : 46;
  const plot = drawPlot({
    width: marginLeft + cell * columns.names.length + 10,
    height: marginBottom + 34 * rows.names.length + 6,
    marginTop: 6,
    marginRight: 10,
    marginLeft,
    marginBottom,
    x: {
      ...bandAxis(columns.label, foot.short),
      tickRotate: turned ? -45 : 0,
    },
    y: bandAxis(rows.label, side.short),
    color: shades(range),
    marks: cellMarks(cells, { numbers, chosen, range }),
  });
  const head = drawText(metric, { width: plot.width, bold: true });
  const shifted =
    `<g transform="translate(${marginLeft},0)">${head.markup}</g>`;
  return stack([{ ...head, markup: shifted }, plot], 2);
}

function shades([low, high]: readonly [number, number]): Plot.ScaleOptions {
  return {
    type: "linear",
    domain: low === high ? [low - 1, high] : [low, high],
    range: ["#eef4fa", "#0b4f8a"],
    interpolate: "lab",
    clamp: true,
  };
}

function bandAxis(label: string, names: readonly string[]): Plot.ScaleOptions {
  return {
    ...AXIS,
    type: "band",
    domain: names.map((_, i) => i),
    label,
    tickFormat: (i: number) => names[i],
    tickSize: 0,
    padding: 0.04,
  };
}

function cellMarks(
  cells: readonly Cell[],
  { numbers, chosen, range: [low, high] }: {
    readonly numbers: readonly string[];
    readonly chosen: HeatMapOptions["chosen"];
    readonly range: readonly [number, number];
  },
): Plot.Markish[] {
  const place = { x: "column", y: "row" };
  const dark = ({ value }: Cell) => (value - low) / (high - low || 1) > 0.55;
  return [
    Plot.cell(cells, { ...place, fill: "value" }),
    Plot.text(cells, {
      ...place,
      text: (_: Cell, i: number) => numbers[i],
      fill: (cell: Cell) => dark(cell) ? PAPER : INK,
    }),
    Plot.cell(chosen ? [chosen] : [], {
      ...place,
      fill: "none",
      stroke: ALARM,
      strokeWidth: 3,
    }),
  ];
}
