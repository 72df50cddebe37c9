import { BadInput } from "../bad_input.ts";
import { nameRoom } from "./parts/axes.ts";
import { type Drawing, drawText, grid, stack } from "./parts/drawing.ts";
import { type Picture, pngDataUrl } from "./parts/png.ts";
import { type Figure, type FigureText, frame } from "./parts/render.ts";
import { escapeXml } from "./parts/serialize.ts";
import { targetBars, VALUE_ROOM } from "./parts/target_bars.ts";
import { methodTitle, seriesColours } from "./parts/theme.ts";

/** A distribution over the classes: a method's target or a prediction. */
export interface TargetRow {
  /** Determines the colour, and the name if there is no `label`. */
  readonly method: string;
  readonly label?: string;
  /** `[classes]`, each in [0, 1]. */
  readonly probabilities: ArrayLike<number>;
}

/** One training instance and its target distribution under each method. */
export interface TargetInstance {
  readonly title?: string;
  /** Index of the true class, whose name is printed in bold. */
  readonly label: number;
  readonly image?: Picture;
  readonly rows: readonly TargetRow[];
}

/** Options of `targetRows()`. */
export interface TargetRowsOptions extends FigureText {
  /** Names of the classes, `[classes]`. */
  readonly classNames: readonly string[];
  /**
   * Three narrow charts per row below the title and the image, which remain readable
   * on a phone (false).
   */
  readonly compact?: boolean;
}

/** Charts per row, and the length of the axis in pixels. */
interface Layout {
  readonly columns: number;
  readonly length: number;
}
const WIDE: Layout = { columns: 4, length: 130 };
const COMPACT: Layout = { columns: 3, length: 70 };

/**
 * Target distributions as small bar charts, one row per instance (with its image,
 * if any) and one chart per method. All charts have the same scale, and each bar
 * has its value printed; the true class is in bold on a grey band.
 *
 * @throws {BadInput} if there is nothing to draw, or if the length of a row differs
 * from that of `classNames`
 */
export function targetRows(
  instances: readonly TargetInstance[],
  options: TargetRowsOptions,
): Figure {
  const { classNames, compact = false, ...text } = options;
  if (!instances.some(({ rows }) => rows.length)) {
    throw new BadInput("Cannot draw target rows without a row");
  }
  const all = instances.flatMap(({ rows }) => rows);
  const odd = all.find((row) => row.probabilities.length !== classNames.length);
  if (odd) {
    throw new BadInput(
      `Cannot draw target rows as each must have ${classNames.length} classes: ` +
        `${odd.label ?? odd.method} has ${odd.probabilities.length}`,
    );
  }
  const colours = seriesColours(all.map(({ method }) => method));
  const draw = compact ? drawCompact : drawWide;
  const drawings = instances.map((instance) =>
    draw(instance, classNames, colours)
  );
  return frame(stack(drawings, 18), {
    ariaLabel: "Target distributions: " +
      instances.map((instance) =>
        `${instance.title ?? classNames[instance.label]} ` +
        `(${[...instance.rows].map(nameOf).join(", ")})`
      ).join("; "),
    ...text,
  });
}

function nameOf(row: TargetRow): string {
  return row.label ?? methodTitle(row.method);
}

type Colours = ReadonlyMap<string, string>;

/** The image to the left of the charts, the title above both. */
function drawWide(
  instance: TargetInstance,
  classNames: readonly string[],
  colours: Colours,
): Drawing {
  const parts = [drawCharts(instance, { ...WIDE, classNames, colours })];
  if (instance.image) parts.unshift(drawImage(instance.image, 24));
  const body = grid(parts, { columns: parts.length, gap: 10 });
  if (!instance.title) return body;
  const title = drawText(instance.title, { width: body.width, bold: true });
  return stack([title, body], 4);
}

/** The image above the charts, the title to its right. */
function drawCompact(
  instance: TargetInstance,
  classNames: readonly string[],
  colours: Colours,
): Drawing {
  const charts = drawCharts(instance, { ...COMPACT, classNames, colours });
  const head = instance.image ? [drawImage(instance.image)] : [];
  if (instance.title) {
    const width = charts.width - (head[0]?.width ?? 0) - 10;
    head.push(drawText(instance.title, { width, bold: true }));
  }
  if (!head.length) return charts;
  return stack([grid(head, { columns: 2, gap: 10 }), charts], 10);
}

function drawImage(image: Picture, top = 0): Drawing {
  const height = 96;
  const width = Math.round(height * image.width / image.height);
  const markup = `<image x="0" y="${top}" width="${width}" ` +
    `height="${height}" image-rendering="pixelated" ` +
    `href="${escapeXml(pngDataUrl(image))}"/>`;
  return { markup, width, height: height + top };
}

/** The charts of one instance; those of a row have headings of equal height. */
function drawCharts(
  { rows, label }: TargetInstance,
  { columns, length, classNames, colours }: Layout & {
    readonly classNames: readonly string[];
    readonly colours: Colours;
  },
): Drawing {
  const { short, room } = nameRoom(classNames);
  const headings = rows.map((row) =>
    drawText(nameOf(row), {
      width: length + VALUE_ROOM,
      bold: true,
      colour: colours.get(row.method)!,
    })
  );
  const height = Math.max(0, ...headings.map((heading) => heading.height));
  const charts = rows.map((row, i) => {
    const named = i % columns === 0;
    const marginLeft = named ? room + 14 : 6;
    const markup = `<g transform="translate(${marginLeft},0)">` +
      `${headings[i].markup}</g>`;
    const chart = { length, label, named, short, marginLeft };
    return stack([
      { ...headings[i], markup, height },
      targetBars(row.probabilities, {
        ...chart,
        colour: colours.get(row.method)!,
      }),
    ], 2);
  });
  return grid(charts, { columns: Math.min(charts.length, columns), gap: 10 });
}
