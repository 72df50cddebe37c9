/// <reference lib="dom" />
import { nameInText } from "../../plots/parts/name_in_text.ts";
import { classLegend } from "./class_legend.ts";
import { element } from "./elements.ts";
import { type HoverCard, hoverCard } from "./hover_card.ts";
import { type NamedRows, type Restored, restoreRows } from "./image_rows.ts";
import { type PointActions, pointSurface } from "./point_surface.ts";
import { rowCards } from "./row_card.ts";
import { type StillPanel, stillPanels } from "./still_panel.ts";
import { type StillRows, stillRows } from "./still_rows.ts";

type Images = Restored<NamedRows>;

/** A picture whose points a reader selects. */
interface LivePanel {
  ring(point: number | undefined): void;
  select(points: ReadonlySet<number> | undefined): void;
}

/** The pictures of the same images, which share their selection. */
interface SameImages {
  readonly known: StillRows;
  readonly panels: LivePanel[];
  readonly actions: PointActions;
}

/**
 * Lets a reader point at the dots of figures, select them and hide classes. A card says
 * what each network makes of an image if the page knows it, and else names its class.
 *
 * @param figures those without points stay as they are
 */
export async function mountStillFigures(
  figures: Iterable<SVGSVGElement>,
  data: NamedRows,
): Promise<void> {
  const images = await restoreRows(data);
  const hover = hoverCard();
  const groups = new Map<string, SameImages>();
  for (const figure of figures) {
    const panels = stillPanels(figure);
    if (panels.length === 0) continue;
    const { paths } = panels[0];
    // Pictures of the same images draw as many points of each class in the same order.
    const key = JSON.stringify(paths);
    const known = stillRows(paths, images.labels, images.classNames.length);
    const group = groups.get(key) ??
      (known && sameImages(known, images, hover));
    if (group === undefined) continue;
    groups.set(key, group);
    mountFigure(figure, panels, { group, classNames: images.classNames });
  }
  document.body.append(hover.node);
}

function sameImages(
  known: StillRows,
  images: Images,
  hover: HoverCard,
): SameImages {
  const { labels, rows } = known;
  const card = rows === undefined ? undefined : rowCards(images);
  const cardOf = (point: number) =>
    card?.(rows![point]) ??
      element(
        "div",
        { class: "row-card" },
        nameInText(images.classNames[labels[point]]),
      );
  const panels: LivePanel[] = [];
  return {
    ...{ known, panels },
    actions: {
      onPoint(point, at) {
        for (const { ring } of panels) ring(point);
        hover.show(point === undefined ? undefined : cardOf(point), at);
      },
      onSelect(points) {
        const selected = points.length === 0 ? undefined : new Set(points);
        for (const { select } of panels) select(selected);
      },
    },
  };
}

/** Puts a legend above a figure, and a surface over each of its pictures. */
function mountFigure(
  figure: SVGSVGElement,
  panels: readonly StillPanel[],
  { group: { known, actions, panels: all }, classNames }: {
    readonly group: SameImages;
    readonly classNames: readonly string[];
  },
): void {
  const { labels, rows } = known;
  const present = [...new Set(labels)].sort((a, b) => a - b);
  let hidden: ReadonlySet<number> = new Set();
  let selected: ReadonlySet<number> | undefined;
  const shown = (point: number) => !hidden.has(labels[point]);
  const draw = () => {
    const hiddenNames = [...hidden].map((k) => classNames[k]);
    for (const panel of panels) panel.draw({ shown, hiddenNames, selected });
  };
  const legend = classLegend(classNames, () => {
    hidden = legend.hidden();
    draw();
  }, present);
  const surfaces = panels.map((panel) => {
    const { node, marks } = pointSurface({ ...panel, shown }, actions);
    lieOver(figure, node, panel.area);
    marks.lieOver(`0 0 ${panel.area.width} ${panel.area.height}`);
    return { node, ring: marks.ring };
  });
  all.push({
    ring: (point) => surfaces.forEach(({ ring }) => ring(point)),
    select(points) {
      selected = points;
      draw();
    },
  });
  const over = element("div", { class: "still-figure" });
  figure.replaceWith(over);
  over.append(figure, ...surfaces.map(({ node }) => node));
  over.before(legend.node, hint(rows !== undefined));
}

/** Lays a surface over an area of a figure, whatever the figure's size. */
function lieOver(
  figure: SVGSVGElement,
  surface: HTMLElement,
  { x, y, width, height }: StillPanel["area"],
): void {
  const whole = figure.viewBox.baseVal;
  const percent = (part: number, all: number) => `${100 * part / all}%`;
  Object.assign(surface.style, {
    left: percent(x, whole.width),
    top: percent(y, whole.height),
    width: percent(width, whole.width),
    height: percent(height, whole.height),
  });
}

function hint(isKnown: boolean): HTMLElement {
  const words = isKnown
    ? "Point at a dot to see what each network says about its image. "
    : "";
  const link = element(
    "a",
    { href: "../index.html#images-explorer" },
    "The results page shows the images.",
  );
  return element(
    "p",
    { class: "still-hint" },
    `${words}Drag over dots to find their images in the other pictures. `,
    ...isKnown ? [link] : [],
  );
}
