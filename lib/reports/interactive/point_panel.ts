/// <reference lib="dom" />
import type { Points } from "../../matrix_kinds.ts";
import { adaptiveColours } from "../../plots/parts/adaptive_colours.ts";
import {
  type PointPlaces,
  pointPlaces,
} from "../../plots/parts/embedding_frame.ts";
import { embeddingScatter } from "../../plots/embedding_scatter.ts";
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

/** Width and height of the plot in pixels. */
const SIZE = 300;

/** Farthest that a pointer may be from the point it means, in pixels. */
const REACH = 12;

/** Points that Enter selects around the current one. */
const NEIGHBOURS = 20;

/** What a panel draws, and what it reports. */
export interface PointPanelOptions {
  readonly name: string;
  readonly embedding: Points;
  /** `[n]`, class indices. */
  readonly labels: Int32Array;
  readonly classNames: readonly string[];
  /** The reader points at a row, or at none; the place is that in the window. */
  readonly onPoint: (row: number | undefined, at?: Place) => void;
  /** The reader selects rows, or none. */
  readonly onSelect: (rows: readonly number[]) => void;
}

/** A picture of points with which a reader selects rows. */
export interface PointPanel {
  readonly node: HTMLElement;
  draw(hidden: ReadonlySet<number>, selected?: ReadonlySet<number>): void;
  /** Rings a row, or none. */
  ring(row: number | undefined): void;
}

/**
 * A picture of points: pointing shows a row, dragging selects those of a rectangle, and
 * a click the nearest one. From the keyboard, arrows go from point to point, Enter
 * selects the nearest 20, Escape none.
 */
export function pointPanel(options: PointPanelOptions): PointPanel {
  const { name, embedding, labels, classNames } = options;
  const places = pointPlaces(embedding, SIZE);
  const marks = pointMarks(places);
  const chart = element("div");
  const surface = element("div", {
    ...{ class: "points", tabindex: 0, role: "application" },
    "aria-label": `${name}: ${labels.length} images. Arrow keys go from ` +
      `image to image, Enter selects the nearest ${NEIGHBOURS}, Escape none`,
  });
  surface.append(chart, marks.node);
  let hidden: ReadonlySet<number> = new Set();
  const shown = (row: number) => !hidden.has(labels[row]);
  listen(surface, options, { places, marks, shown });
  return {
    node: element("div", { class: "panel" }, heading(name), surface),
    draw(nowHidden, selected) {
      hidden = nowHidden;
      const figure = embeddingScatter(embedding, labels, {
        ...{ classNames, size: SIZE, hidden },
        ...selected === undefined ? {} : { selected },
      });
      chart.innerHTML = adaptiveColours(figure.svg);
      marks.lieOver(chart.querySelector("svg")!);
    },
    ring: marks.ring,
  };
}

function heading(name: string): HTMLElement {
  return element("h4", {}, name);
}

function listen(
  surface: HTMLElement,
  { labels, onPoint, onSelect }: PointPanelOptions,
  { places, marks, shown }: {
    readonly places: PointPlaces;
    readonly marks: PointMarks;
    readonly shown: Shown;
  },
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
    first: () => Array.from(labels.keys()).find(shown),
    towards: (row, step) => pointTowards(places, row, { step, shown }),
    onMove: (row) => onPoint(row, marks.toWindow(row)),
    onEnter: (row) =>
      onSelect(near({ x: places.x[row], y: places.y[row] }, NEIGHBOURS)),
    onLeave: () => onPoint(undefined),
    onEscape: () => onSelect([]),
  });
}
