import { DOMParser } from "linkedom";
import { textWidth } from "../../../plots/parts/text_width.ts";
import { TEXT_SIZE } from "../../../plots/parts/theme.ts";

/** A part of a figure, in the units of its view box. */
export interface PanelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The first words in it, or "" if it has none. */
  readonly title: string;
}

type Element = ReturnType<DOMParser["parseFromString"]>["documentElement"];

/** A group, its children that are only moved, and its place in the figure. */
interface Cell {
  readonly node: Element;
  readonly x: number;
  readonly y: number;
}

/** Narrower cells belong to a legend, or are small enough for a phone. */
const NARROWEST = 180;

/** A plot has more elements than an entry of a legend. */
const FEWEST_ELEMENTS = 15;

/** Margin of figures in pixels. */
const MARGIN = 12;

/**
 * The parts of a figure whose plots lie beside each other: what is above them, each plot,
 * and what is below. On a narrow screen a page shows them below each other.
 *
 * @param svg as in `Figure.svg`
 * @returns none if no plots lie beside each other
 */
export function panelBoxes(svg: string): PanelBox[] {
  const root = new DOMParser().parseFromString(svg, "image/svg+xml")
    .documentElement;
  const [width, height] = ["width", "height"].map((name) =>
    Number(root.getAttribute(name))
  );
  const grid = findGrid({ node: root, x: 0, y: 0 }, height - MARGIN);
  if (grid === undefined) return [];
  const { cells, bottom } = grid;
  const top = Math.min(...cells.map(({ y }) => y));
  const texts = textsIn({ node: root, x: 0, y: 0 });
  const around = [[0, top], [bottom, height]].flatMap(([from, to]) => {
    const own = texts.filter(({ y }) => y >= from && y < to);
    if (own.length === 0) return [];
    const right = Math.max(...own.map(({ right }) => right)) + MARGIN;
    return [{
      x: 0,
      y: from,
      width: Math.min(width, right),
      height: to - from,
      title: own[0].text,
    }];
  });
  const plots = cells.map((cell): PanelBox => {
    const box = {
      x: cell.x,
      y: cell.y,
      width: extentOf(cell.x, cells.map(({ x }) => x), width),
      height: extentOf(cell.y, cells.map(({ y }) => y), bottom),
    };
    return { ...box, title: textsIn(cell)[0]?.text ?? "" };
  });
  return around[0]?.y === 0
    ? [around[0], ...plots, ...around.slice(1)]
    : [...plots, ...around];
}

/** From a start to the next larger one, or to the limit. */
function extentOf(
  start: number,
  starts: readonly number[],
  limit: number,
): number {
  const later = starts.filter((other) => other > start);
  return Math.min(limit, ...later) - start;
}

/** The outermost cells that lie beside each other, and where they end. */
function findGrid(
  { node, x, y }: Cell,
  bottom: number,
): { cells: Cell[]; bottom: number } | undefined {
  const cells = movedChildren({ node, x, y });
  if (isGrid(cells)) return { cells, bottom };
  for (const [i, cell] of cells.entries()) {
    const found = findGrid(cell, cells[i + 1]?.y ?? bottom);
    if (found !== undefined) return found;
  }
}

function isGrid(cells: readonly Cell[]): boolean {
  if (
    !cells.every(({ node }) =>
      node.querySelectorAll("*").length >= FEWEST_ELEMENTS
    )
  ) return false;
  const columns = [...new Set(cells.map(({ x }) => x))]
    .toSorted((a, b) => a - b);
  return columns.length > 1 &&
    columns.slice(1).every((x, i) => x - columns[i] >= NARROWEST);
}

const MOVE = /^translate\((-?[\d.]+),(-?[\d.]+)\)$/;

/** The children that are groups with nothing but a place. */
function movedChildren({ node, x, y }: Cell): Cell[] {
  return [...node.children].flatMap((child) => {
    const [, dx, dy] = MOVE.exec(child.getAttribute("transform") ?? "") ?? [];
    return child.localName === "g" && dx !== undefined
      ? [{ node: child, x: x + Number(dx), y: y + Number(dy) }]
      : [];
  });
}

/** The texts that are placed by moved groups alone, with their right ends. */
function textsIn(
  { node, x, y }: Cell,
): { text: string; y: number; right: number }[] {
  return [...node.children].flatMap((child) => {
    if (child.localName === "text") {
      const lines = [...child.querySelectorAll("tspan")];
      const texts = (lines.length === 0 ? [child] : lines)
        .map(({ textContent }) => textContent ?? "");
      const size = Number(child.getAttribute("font-size") ?? TEXT_SIZE);
      const widths = texts.map((text) => textWidth(text, size));
      return [{ text: texts.join(" "), y, right: x + Math.max(...widths) }];
    }
    const [, dx, dy] = MOVE.exec(child.getAttribute("transform") ?? "") ??
      ["", "0", "0"];
    return textsIn({ node: child, x: x + Number(dx), y: y + Number(dy) });
  });
}
