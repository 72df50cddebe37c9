/// <reference lib="dom" />
import type { PointPlaces } from "../../plots/parts/embedding_frame.ts";

/** A path of points of one class in a figure that `embeddingScatter()` drew. */
interface StillPath {
  readonly node: SVGPathElement;
  readonly colour: string;
  /** The points, such as "12.5,30h0". */
  readonly dots: readonly string[];
}

/** A picture of points in such a figure. Points are numbered in the order of drawing. */
export interface StillPanel {
  readonly name: string;
  /** The area of the plot, in pixels of the figure. */
  readonly area: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  /** Places of the points, in pixels of that area. */
  readonly places: PointPlaces;
  /** Colour and number of the points of each path, in the order of drawing. */
  readonly paths: readonly StillRun[];
  /** Draws some of the points and names; points that stand out are in full colour. */
  draw(options: StillDrawing): void;
}

/** Points of one colour that follow each other. */
export interface StillRun {
  readonly colour: string;
  readonly count: number;
}

/** What is drawn of a picture. */
export interface StillDrawing {
  readonly shown: (point: number) => boolean;
  /** Names of classes that are left out. */
  readonly hiddenNames: readonly string[];
  readonly selected: ReadonlySet<number> | undefined;
}

/** The pictures of points in a figure. */
export function stillPanels(figure: SVGSVGElement): StillPanel[] {
  const groups = figure.querySelectorAll<SVGGElement>('[data-mark="points"]');
  return [...groups].map((group) => stillPanel(figure, group));
}

function stillPanel(figure: SVGSVGElement, group: SVGGElement): StillPanel {
  const paths = [...group.querySelectorAll("path")].map((node): StillPath => ({
    node,
    colour: colourOf(node.getAttribute("stroke")!),
    dots: node.getAttribute("d")!.split("M").slice(1),
  }));
  const frame = group.parentElement!.querySelector('[data-mark="frame"]')!;
  const [x, y, width, height] = ["x", "y", "width", "height"].map((name) =>
    Number(frame.getAttribute(name))
  );
  const dots = paths.flatMap((path) => path.dots)
    .map((dot) => dot.split(/[,h]/).map(Number));
  const { e, f } = figure.getScreenCTM()!.inverse()
    .multiply(group.getScreenCTM()!);
  return {
    name: titleOf(group) ?? figure.getAttribute("aria-label") ?? "",
    area: { x: x + e, y: y + f, width, height },
    places: {
      x: Float64Array.from(dots, ([left]) => left - x),
      y: Float64Array.from(dots, ([, top]) => top - y),
    },
    paths: paths.map(({ colour, dots }) => ({ colour, count: dots.length })),
    draw: drawer(group, paths),
  };
}

/** From "#ffa90e", or from "var(--cffa90e)" of `adaptiveColours()`. */
function colourOf(stroke: string): string {
  return `#${/[0-9a-f]{6}(?=\)?$)/.exec(stroke)?.[0]}`;
}

/** The title above a picture, which is in the group before that of the plot. */
function titleOf(group: SVGGElement): string | undefined {
  const before = group.parentElement!.parentElement!.previousElementSibling;
  return before?.textContent || undefined;
}

/** Whether a text in a figure is a name, of which it may leave out the middle. */
export function isName(text: string, name: string): boolean {
  if (text === name) return true;
  const [start, end, ...more] = text.split("…");
  return end !== undefined && more.length === 0 &&
    name.length >= text.length && name.startsWith(start) && name.endsWith(end);
}

/** Opacity of points that do not stand out. */
const FAINT = "0.15";

function drawer(
  group: SVGGElement,
  paths: readonly StillPath[],
): StillPanel["draw"] {
  const usual = group.getAttribute("stroke-opacity")!;
  const front = group.cloneNode() as SVGGElement;
  front.removeAttribute("data-mark");
  front.setAttribute("stroke-opacity", "1");
  group.after(front);
  const texts = [...group.parentElement!.querySelectorAll("text")];
  return ({ shown, hiddenNames, selected }) => {
    let point = 0;
    front.replaceChildren();
    for (const text of texts) {
      const isHidden = hiddenNames.some((name) =>
        isName(text.textContent, name)
      );
      text.style.display = isHidden ? "none" : "";
    }
    for (const { node, dots } of paths) {
      const own = dots.map((dot, i) => ({ dot, point: point + i }))
        .filter(({ point }) => shown(point));
      point += dots.length;
      const path = (dots: typeof own) =>
        dots.map(({ dot }) => `M${dot}`).join("");
      node.setAttribute("d", path(own));
      if (selected === undefined) continue;
      const copy = node.cloneNode() as SVGPathElement;
      const chosen = own.filter(({ point }) => selected.has(point));
      copy.setAttribute("d", path(chosen));
      front.append(copy);
    }
    group.setAttribute("stroke-opacity", selected ? FAINT : usual);
  };
}
