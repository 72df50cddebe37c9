/// <reference lib="dom" />
import type { Points } from "../../matrix_kinds.ts";
import { adaptiveColours } from "../../plots/parts/adaptive_colours.ts";
import { pointPlaces } from "../../plots/parts/embedding_frame.ts";
import { embeddingScatter } from "../../plots/embedding_scatter.ts";
import { element } from "./elements.ts";
import { type PointActions, pointSurface } from "./point_surface.ts";

/** Width and height of the plot in pixels. */
const SIZE = 300;

/** What a panel draws, and what it reports. */
export interface PointPanelOptions extends PointActions {
  readonly name: string;
  readonly embedding: Points;
  /** `[n]`, class indices. */
  readonly labels: Int32Array;
  readonly classNames: readonly string[];
}

/** A picture of points with which a reader selects rows. */
export interface PointPanel {
  readonly node: HTMLElement;
  draw(hidden: ReadonlySet<number>, selected?: ReadonlySet<number>): void;
  /** Rings a row, or none. */
  ring(row: number | undefined): void;
}

/** A picture of points under a `pointSurface()`. */
export function pointPanel(options: PointPanelOptions): PointPanel {
  const { name, embedding, labels, classNames } = options;
  let hidden: ReadonlySet<number> = new Set();
  const places = pointPlaces(embedding, SIZE);
  const shown = (row: number) => !hidden.has(labels[row]);
  const { node, marks } = pointSurface({ name, places, shown }, options);
  const chart = element("div");
  node.prepend(chart);
  return {
    node: element("div", { class: "panel" }, element("h4", {}, name), node),
    draw(nowHidden, selected) {
      hidden = nowHidden;
      const figure = embeddingScatter(embedding, labels, {
        ...{ classNames, size: SIZE, hidden },
        ...selected === undefined ? {} : { selected },
      });
      chart.innerHTML = adaptiveColours(figure.svg);
      marks.lieOver(chart.querySelector("svg")!.getAttribute("viewBox")!);
    },
    ring: marks.ring,
  };
}
