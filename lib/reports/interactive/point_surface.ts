/// <reference lib="dom" />
import type { PointPlaces } from "../../plots/parts/embedding_frame.ts";
import { element } from "./elements.ts";
import {
  nearestPoints,
  type Place,
  pointsBetween,
  pointTowards,
  type Shown,
} from "./nearest_points.ts";
import { type PointMarks, pointMarks } from "./point_marks.ts";
import { listenToKeys, listenToPointer } from "./surface_events.ts";

/** Farthest that a pointer may be from the point it means, in pixels. */
const REACH = 12;

/** Points that Enter selects around the current one. */
const NEIGHBOURS = 20;

/** What a reader does with points. */
export interface PointActions {
  /** The reader points at a row, or at none; the place is that in the window. */
  readonly onPoint: (row: number | undefined, at?: Place) => void;
  /** The reader selects rows, or none. */
  readonly onSelect: (rows: readonly number[]) => void;
}

/** Points of a picture, in its pixels. */
export interface SurfacePoints {
  readonly name: string;
  readonly places: PointPlaces;
  readonly shown: Shown;
}

/** What lies over a picture of points, or around it. */
export interface PointSurface {
  readonly node: HTMLElement;
  readonly marks: PointMarks;
}

/**
 * A surface over points: pointing shows a row, dragging selects those of a rectangle, and
 * a click the nearest one. From the keyboard, arrows go from point to point, Enter
 * selects the nearest 20, Escape none.
 */
export function pointSurface(
  points: SurfacePoints,
  actions: PointActions,
): PointSurface {
  const { name, places } = points;
  const marks = pointMarks(places);
  const node = element("div", {
    ...{ class: "points", tabindex: 0, role: "application" },
    "aria-label": `${name}: ${places.x.length} images. Arrow keys go from ` +
      `image to image, Enter selects the nearest ${NEIGHBOURS}, Escape none`,
  }, marks.node);
  listen(node, points, { ...actions, marks });
  return { node, marks };
}

function listen(
  surface: HTMLElement,
  { places, shown }: SurfacePoints,
  { marks, onPoint, onSelect }: PointActions & { readonly marks: PointMarks },
): void {
  const near = (at: Place, count: number, within = Infinity) =>
    nearestPoints(places, at, { count, shown, within });
  const between = (from: PointerEvent, to: PointerEvent) =>
    [marks.toPicture(from), marks.toPicture(to)] as const;
  listenToPointer(surface, {
    onHover(event) {
      const [row] = near(marks.toPicture(event), 1, REACH);
      onPoint(row, { x: event.clientX, y: event.clientY });
    },
    onLeave: () => onPoint(undefined),
    onDrag: (from, to) => marks.box(between(from, to)),
    onDragged(from, to) {
      marks.ring(undefined);
      onSelect(pointsBetween(places, between(from, to), shown));
    },
    onClick: (event) => onSelect(near(marks.toPicture(event), 1, REACH)),
  });
  listenToKeys(surface, {
    first: () => Array.from(places.x.keys()).find(shown),
    towards: (row, step) => pointTowards(places, row, { step, shown }),
    onMove: (row) => onPoint(row, marks.toWindow(row)),
    onEnter: (row) =>
      onSelect(near({ x: places.x[row], y: places.y[row] }, NEIGHBOURS)),
    onLeave: () => onPoint(undefined),
    onEscape: () => onSelect([]),
  });
}
