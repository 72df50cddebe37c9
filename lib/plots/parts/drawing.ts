import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { escapeXml, serializeChildren, type SvgNode } from "./serialize.ts";
import { type SymbolName, symbolOutline } from "./symbols.ts";
import { shortenMiddle, textWidth, wrap } from "./text_width.ts";
import { FONT, INK, PAPER, TEXT_SIZE } from "./theme.ts";

/** A piece of SVG with its size in pixels and its origin at the top left. */
export interface Drawing {
  readonly markup: string;
  readonly width: number;
  readonly height: number;
}

/** An entry of a legend, with the mark before it ("square"). */
export interface LegendItem {
  readonly label: string;
  readonly colour: string;
  readonly mark?:
    | "square"
    | "outline"
    | "line"
    | "dashed"
    | "dot"
    | "ring"
    | "small";
  /** A symbol in place of the mark. */
  readonly symbol?: SymbolName;
}

const { document } = parseHTML("<html></html>") as unknown as {
  document: never;
};

/** Draws with Observable Plot; `options.width` and `.height` give the size. */
export function drawPlot(options: Plot.PlotOptions): Drawing {
  const svg = Plot.plot({
    ...options,
    document,
    figure: false,
  }) as unknown as SvgNode & { getAttribute(name: string): string | null };
  const markup = `<g fill="${INK}" font-family="${FONT}" ` +
    `font-size="${TEXT_SIZE}" text-anchor="middle">` +
    `${serializeChildren(svg)}</g>`;
  const size = (name: string) => Number(svg.getAttribute(name));
  return { markup, width: size("width"), height: size("height") };
}

/**
 * Draws text, wrapped to a width. The drawing is as wide as the longest line, or as
 * `width` if the text is centred.
 */
export function drawText(text: string, options: {
  width: number;
  size?: number;
  colour?: string;
  bold?: boolean;
  anchor?: "start" | "middle";
}): Drawing {
  const { width, size = TEXT_SIZE, colour = INK } = options;
  const middle = options.anchor === "middle";
  const stretch = options.bold ? 1.08 : 1;
  const lines = wrap(text, width / stretch, size);
  const step = Math.round(size * 1.35);
  const spans = lines.map((line, i) =>
    `<tspan x="${middle ? width / 2 : 0}" y="${size + i * step}">` +
    `${escapeXml(line)}</tspan>`
  );
  const markup = `<text fill="${colour}" font-family="${FONT}" ` +
    `font-size="${size}"${options.bold ? ' font-weight="bold"' : ""}` +
    `${middle ? ' text-anchor="middle"' : ""}>${spans.join("")}</text>`;
  const longest = Math.max(...lines.map((line) => textWidth(line, size)));
  return {
    markup,
    width: middle ? width : Math.min(width, Math.ceil(stretch * longest)),
    height: lines.length * step,
  };
}

/** Draws a legend, in several rows if one would exceed the width. */
export function drawLegend(
  items: readonly LegendItem[],
  width: number,
): Drawing {
  const parts: string[] = [];
  let x = 0;
  let y = 0;
  for (const item of items) {
    const label = shortenMiddle(item.label, width - 34, TEXT_SIZE);
    const size = 26 + textWidth(label, TEXT_SIZE) + 8;
    if (x > 0 && x + size > width) {
      x = 0;
      y += 20;
    }
    parts.push(
      `<g transform="translate(${Math.round(x)},${y})">${swatch(item)}` +
        `<text x="26" y="13">${escapeXml(label)}</text></g>`,
    );
    x += size;
  }
  const markup = `<g fill="${INK}" font-family="${FONT}" ` +
    `font-size="${TEXT_SIZE}">${parts.join("")}</g>`;
  return { markup, width, height: y + 20 };
}

function swatch({ colour, mark = "square", symbol }: LegendItem): string {
  if (symbol) {
    return `<path transform="translate(13,9)" fill="${colour}" ` +
      `d="${symbolOutline(symbol)}"/>`;
  }
  if (mark === "small") {
    return `<circle cx="15" cy="9" r="2.2" fill="${colour}"/>`;
  }
  if (mark === "dot" || mark === "ring") {
    const fill = mark === "dot" ? colour : PAPER;
    return `<circle cx="13" cy="9" r="4.5" fill="${fill}" ` +
      `stroke="${colour}" stroke-width="1.5"/>`;
  }
  if (mark === "line" || mark === "dashed") {
    const dash = mark === "dashed" ? ' stroke-dasharray="5,3"' : "";
    return `<path d="M0,9h21" stroke="${colour}" stroke-width="2"${dash}/>`;
  }
  const look = mark === "outline"
    ? `fill="${colour}" fill-opacity="0.25" stroke="${colour}"`
    : `fill="${colour}"`;
  return `<rect x="5" y="3" width="14" height="12" ${look}/>`;
}

/** Stacks drawings vertically, aligned on the left. */
export function stack(drawings: readonly Drawing[], gap = 0): Drawing {
  return grid(drawings, { columns: 1, gap });
}

/** Arranges drawings in rows of `columns`, aligned at the top left of cells. */
export function grid(
  drawings: readonly Drawing[],
  { columns, gap = 0 }: { columns: number; gap?: number },
): Drawing {
  const widths: number[] = [];
  const heights: number[] = [];
  drawings.forEach(({ width, height }, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    widths[column] = Math.max(widths[column] ?? 0, width);
    heights[row] = Math.max(heights[row] ?? 0, height);
  });
  const before = (sizes: number[], i: number) =>
    sizes.slice(0, i).reduce((sum, size) => sum + size + gap, 0);
  const markup = drawings.map((drawing, i) => {
    const x = before(widths, i % columns);
    const y = before(heights, Math.floor(i / columns));
    return `<g transform="translate(${x},${y})">${drawing.markup}</g>`;
  }).join("");
  const total = (sizes: number[]) =>
    Math.max(0, before(sizes, sizes.length) - gap);
  return { markup, width: total(widths), height: total(heights) };
}
