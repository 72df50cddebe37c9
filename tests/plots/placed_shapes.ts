import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import { textWidth } from "../../lib/plots/parts/text_width.ts";

/** A rectangle, in pixels of the whole figure. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A line of text and the rectangle that it covers at most. */
export interface PlacedText extends Box {
  readonly text: string;
}

/** The part of a DOM element that is read here. */
interface Element {
  readonly localName: string;
  readonly textContent: string;
  readonly children: ArrayLike<Element>;
  getAttribute(name: string): string | null;
}

/** Position and look that an element takes over from those around it. */
interface Context {
  readonly x: number;
  readonly y: number;
  readonly turned: boolean;
  readonly anchor: string;
  readonly size: number;
  readonly bold: boolean;
}

/** The lines of text of a figure, where they are drawn. */
export function placedTexts(svg: string): PlacedText[] {
  const found: PlacedText[] = [];
  visit(svg, (element, context) => {
    const isLine = /^(text|tspan)$/.test(element.localName) &&
      element.children.length === 0 && element.textContent.trim();
    if (isLine) found.push(placeText(element, context));
  });
  return found;
}

/** A rectangle and the radius of its corners, in pixels. */
export interface PlacedRect extends Box {
  readonly radius: number;
}

/** The rectangles of a figure; the first is its background. */
export function placedRects(svg: string): PlacedRect[] {
  const found: PlacedRect[] = [];
  visit(svg, (element, { x, y }) => {
    if (element.localName !== "rect") return;
    const number = (name: string) => Number(element.getAttribute(name) ?? 0);
    const [left, top] = [x + number("x"), y + number("y")];
    const [right, bottom] = [left + number("width"), top + number("height")];
    found.push({ left, top, right, bottom, radius: number("rx") });
  });
  return found;
}

/** A vertical arrow, in pixels of the whole figure. */
export interface PlacedArrow {
  readonly x: number;
  readonly from: number;
  readonly to: number;
}

/** The vertical arrows of a figure: a line, and a head whose last point is the tip. */
export function placedArrows(svg: string): PlacedArrow[] {
  const found: PlacedArrow[] = [];
  visit(svg, (element, context) => {
    const d = element.getAttribute("d") ?? "";
    const line = d.match(/^M([\d.]+),([\d.]+)V[\d.]+$/);
    const tip = d.match(/L([\d.]+),([\d.]+)Z$/);
    const [x, y] = [context.x, context.y];
    if (line) found.push({ x: x + +line[1], from: y + +line[2], to: NaN });
    if (tip && found.length) {
      found.push({ ...found.pop()!, to: y + Number(tip[2]) });
    }
  });
  return found;
}

/** The pairs of boxes that share more than half a pixel in both directions. */
export function overlaps<T extends Box>(boxes: readonly T[]): [T, T][] {
  return boxes.flatMap((a, i) =>
    boxes.slice(i + 1).filter((b) => overlap(a, b)).map((b): [T, T] => [a, b])
  );
}

/** Whether the first rectangle contains the second, up to half a pixel. */
export function contains(outer: Box, inner: Box): boolean {
  return inner.left >= outer.left - 0.5 && inner.top >= outer.top - 0.5 &&
    inner.right <= outer.right + 0.5 && inner.bottom <= outer.bottom + 0.5;
}

function overlap(a: Box, b: Box): boolean {
  return Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5;
}

/** Throws unless all text is inside the figure. */
export function checkTextInside(svg: string): void {
  const [page] = placedRects(svg);
  const texts = placedTexts(svg);
  assert.ok(texts.length > 0);
  assert.deepEqual(texts.filter((text) => !contains(page, text)), []);
}

function visit(
  svg: string,
  look: (element: Element, context: Context) => void,
): void {
  const { document } = parseHTML(svg) as unknown as {
    document: { querySelector(name: string): Element };
  };
  const step = (element: Element, around: Context) => {
    const context = inherit(element, around);
    look(element, context);
    for (const child of Array.from(element.children)) step(child, context);
  };
  const start = { x: 0, y: 0, turned: false, anchor: "start", size: 12 };
  step(document.querySelector("svg"), { ...start, bold: false });
}

function inherit(element: Element, around: Context): Context {
  const transform = element.getAttribute("transform") ?? "";
  const move = transform.match(/translate\(([-\d.]+),([-\d.]+)\)/);
  return {
    x: around.x + Number(move?.[1] ?? 0),
    y: around.y + Number(move?.[2] ?? 0),
    turned: around.turned || transform.includes("rotate(-90)"),
    anchor: element.getAttribute("text-anchor") ?? around.anchor,
    size: Number(element.getAttribute("font-size") ?? around.size),
    bold: element.getAttribute("font-weight") === "bold" || around.bold,
  };
}

function placeText(element: Element, context: Context): PlacedText {
  const text = element.textContent;
  const { size, anchor } = context;
  const width = textWidth(text, size) * (context.bold ? 1.08 : 1);
  const along = pixels(element.getAttribute("x"), size) -
    width * ({ middle: 0.5, end: 1 }[anchor] ?? 0);
  // Letters reach about three quarters of the size above the base line.
  const across = pixels(element.getAttribute("y"), size) - 0.75 * size;
  const [x, y] = context.turned
    ? [context.x + across, context.y - along - width]
    : [context.x + along, context.y + across];
  const [right, bottom] = context.turned
    ? [x + size, y + width]
    : [x + width, y + size];
  return { text, left: x, top: y, right, bottom };
}

/** A length in pixels, given in pixels or in units of the font size. */
function pixels(length: string | null, size: number): number {
  const value = parseFloat(length ?? "0");
  return length?.endsWith("em") ? value * size : value;
}
