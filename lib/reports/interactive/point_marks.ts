/// <reference lib="dom" />
import type { PointPlaces } from "../../plots/parts/embedding_frame.ts";
import type { Place } from "./nearest_points.ts";

/** Marks over a picture of points, in its coordinates. */
export interface PointMarks {
  readonly node: SVGSVGElement;
  /** Rings a row, or none. */
  ring(row: number | undefined): void;
  /** Draws a rectangle between two corners, in place of the ring. */
  box(corners: readonly [Place, Place]): void;
  /** From a place in the window to one in the picture. */
  toPicture(event: PointerEvent): Place;
  /** From a row to its place in the window. */
  toWindow(row: number): Place;
  /** Gives the marks the coordinates of a picture with this `viewBox`. */
  lieOver(viewBox: string): void;
}

/** An empty layer over a picture of points. */
export function pointMarks(places: PointPlaces): PointMarks {
  const node = svg("svg");
  setAll(node, { class: "marks", "aria-hidden": "true" });
  const circle = svg("circle");
  const rectangle = svg("rect");
  const scaled = () => {
    const { left, top, width } = node.getBoundingClientRect();
    return { left, top, scale: width / node.viewBox.baseVal.width };
  };
  return {
    node,
    ring(row) {
      node.replaceChildren();
      if (row === undefined) return;
      setAll(circle, { r: 6, cx: places.x[row], cy: places.y[row] });
      node.append(circle);
    },
    box([a, b]) {
      setAll(rectangle, {
        x: Math.min(a.x, b.x),
        y: Math.min(a.y, b.y),
        width: Math.abs(a.x - b.x),
        height: Math.abs(a.y - b.y),
      });
      node.replaceChildren(rectangle);
    },
    toPicture({ clientX, clientY }) {
      const { left, top, scale } = scaled();
      return { x: (clientX - left) / scale, y: (clientY - top) / scale };
    },
    toWindow(row) {
      const { left, top, scale } = scaled();
      return {
        x: left + places.x[row] * scale,
        y: top + places.y[row] * scale,
      };
    },
    lieOver(viewBox) {
      setAll(node, { viewBox });
    },
  };
}

function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
): SVGElementTagNameMap[Name] {
  return document.createElementNS("http://www.w3.org/2000/svg", name);
}

function setAll(
  node: SVGElement,
  attributes: Readonly<Record<string, string | number>>,
): void {
  for (const [name, value] of Object.entries(attributes)) {
    node.setAttribute(name, String(value));
  }
}
