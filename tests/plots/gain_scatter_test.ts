import assert from "node:assert/strict";
import {
  type GainPoint,
  gainScatter,
  type GainScatterOptions,
} from "../../lib/plots/gain_scatter.ts";
import { figureTest, quietly } from "./figure_check.ts";
import { checkTextInside } from "./placed_shapes.ts";
import { EVIL } from "./samples.ts";

const OPTIONS: GainScatterOptions = {
  x: "fitted temperature",
  y: "gain in accuracy, points",
};

function point(y: number, more: Partial<GainPoint> = {}): GainPoint {
  const place = { x: 1.5, y, low: y - 1, high: y + 1 };
  return { ...place, group: "ls", symbol: "mlp", facet: "ce", ...more };
}

/** Three cells in two small charts. */
const POINTS: GainPoint[] = [
  point(2),
  point(0.5, { group: "ilsq" }),
  point(-1.5, { x: 1.2, symbol: "resnet8" }),
  point(3, { group: "own", symbol: EVIL, facet: EVIL }),
];

figureTest(
  "gainScatter() draws small charts with the same axes",
  "gain_scatter",
  () => gainScatter(POINTS, { ...OPTIONS, title: EVIL, caption: "Four cells" }),
);

/** The shapes of each mark with a name, by small chart. */
function shapes(svg: string, label: "dot" | "rule", shape: RegExp): string[][] {
  return [...svg.matchAll(RegExp(`<g[^>]*data-mark="${label}".*?</g>`, "g"))]
    .map(([group]) => group.match(shape) ?? []);
}

Deno.test("gainScatter() draws one symbol and one interval per point", () => {
  const { svg } = quietly(() => gainScatter(POINTS, OPTIONS));
  const dots = shapes(svg, "dot", /<path/g).map(({ length }) => length);
  assert.deepEqual(dots, [3, 1]);
  // Each chart has the rule at zero before its intervals.
  const rules = shapes(svg, "rule", /<line/g).map(({ length }) => length);
  assert.deepEqual(rules, [1, 3, 1, 1]);
});

Deno.test("gainScatter() fills symbols whose interval excludes zero", () => {
  const { svg } = quietly(() => gainScatter(POINTS, OPTIONS));
  const fills = shapes(svg, "dot", /fill="[^"]*"/g).flat();
  assert.equal(fills.filter((fill) => fill === 'fill="#ffffff"').length, 1);
});

Deno.test("gainScatter() draws points with the same x next to each other", () => {
  const { svg } = quietly(() => gainScatter(POINTS, OPTIONS));
  const [, intervals] = shapes(svg, "rule", /x1="[^"]*"/g);
  const across = intervals.map((x) => Number(x.slice(4, -1)));
  assert.equal(Math.round(across[1] - across[0]), 5);
});

Deno.test("gainScatter() counts intervals on the better and the worse side", () => {
  const points = [point(2), point(0.5), point(4)];
  const counts = (better: "higher" | "lower") =>
    quietly(() => gainScatter(points, { ...OPTIONS, better })).ariaLabel;
  const start = "gain in accuracy, points against fitted temperature. CE: ";
  assert.equal(counts("higher"), `${start}2 better, 0 worse, 1 undecided`);
  assert.equal(counts("lower"), `${start}0 better, 2 worse, 1 undecided`);
});

Deno.test("gainScatter() shades the side above or below zero", () => {
  const shaded = (better: "higher" | "lower") => {
    const { svg } = quietly(() => gainScatter(POINTS, { ...OPTIONS, better }));
    const zero = svg.match(/data-mark="rule"[^>]*><line y2="([^"]*)"/)![1];
    const rect = svg.match(/fill="#e3f1e7" data-mark="rect">(<rect[^>]*>)/)![1];
    const value = (name: string) =>
      Number(rect.match(RegExp(` ${name}="([^"]*)"`))![1]);
    const [top, bottom] = [value("y"), value("y") + value("height")];
    return { above: bottom <= +zero + 0.1, below: top >= +zero - 0.1 };
  };
  assert.deepEqual(shaded("higher"), { above: true, below: false });
  assert.deepEqual(shaded("lower"), { above: false, below: true });
});

Deno.test("gainScatter() keeps its text inside the figure with many charts", () => {
  const facets = ["ls", "cls", "ils", "ils2", "ilsq", "ils-shrunk"];
  const points = facets.flatMap((facet) =>
    Array.from(
      { length: 20 },
      (_, i) =>
        point(0.01 * i, {
          x: 1 + i / 10,
          low: -12345,
          facet,
          group: `${i % 3}`,
        }),
    )
  );
  for (const columns of [1, 2, 3]) {
    const { svg } = quietly(() => gainScatter(points, { ...OPTIONS, columns }));
    checkTextInside(svg);
    assert.equal(shapes(svg, "dot", /<path/g).flat().length, 120);
  }
});

Deno.test("gainScatter() refuses no points, odd intervals and many symbols", () => {
  const failure = "Cannot draw gain in accuracy, points as every point must " +
    "be finite and within its interval: ";
  const refuses = (points: GainPoint[], message: string) =>
    assert.throws(() => gainScatter(points, OPTIONS), {
      name: "BadInput",
      message,
    });
  refuses([], `${failure}there is no point`);
  refuses([point(NaN)], `${failure}ls in ce has NaN in [NaN, NaN] at 1.5`);
  refuses(
    [point(1, { x: Infinity })],
    `${failure}ls in ce has 1 in [0, 2] at Infinity`,
  );
  refuses([point(1, { low: 2 })], `${failure}ls in ce has 1 in [2, 2] at 1.5`);
  refuses(
    Array.from("abcdef", (symbol) => point(1, { symbol })),
    "Cannot draw gain in accuracy, points as there must be at most 5 " +
      "symbols: current value is 6",
  );
});
