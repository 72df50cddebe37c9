import assert from "node:assert/strict";
import {
  PUBLISHED_DATA_SETS,
  PUBLISHED_RANKS,
} from "../../lib/study/published_ranks.ts";
import { criticalDifference } from "../../lib/statistics/nemenyi.ts";
import { criticalDifferenceDiagram } from "../../lib/plots/critical_difference.ts";
import { figureTest, quietly } from "./figure_check.ts";
import { EVIL } from "./samples.ts";

const THREE = [
  { name: "LS", rank: 2.5 },
  { name: EVIL, rank: 1.2 },
  { name: "CE", rank: 2.3 },
];

figureTest(
  "criticalDifferenceDiagram() draws the study's ranks of log loss",
  "critical_difference",
  () =>
    criticalDifferenceDiagram(
      Object.entries(PUBLISHED_RANKS[1].ranks)
        .map(([name, rank]) => ({ name, rank })),
      {
        difference: criticalDifference({
          methods: 12,
          dataSets: PUBLISHED_DATA_SETS,
        }),
        title: "Log loss",
      },
    ),
);

figureTest(
  "criticalDifferenceDiagram() has room for three methods, one of an evil name",
  "critical_difference_three",
  () => criticalDifferenceDiagram(THREE, { difference: 1.15 }),
);

/** Thick bars, which join methods. */
function bars(svg: string): number {
  const thick = svg.match(/stroke-width="4"[^>]*>(.*?)<\/g>/)?.[1] ?? "";
  return thick.match(/<line/g)?.length ?? 0;
}

Deno.test("criticalDifferenceDiagram() joins only what lies within the difference", () => {
  const drawn = (difference: number) =>
    quietly(() => criticalDifferenceDiagram(THREE, { difference }));
  assert.equal(bars(drawn(0.1).svg), 0);
  assert.match(drawn(0.1).ariaLabel, /All are told apart$/);
  assert.equal(bars(drawn(0.5).svg), 1);
  assert.match(drawn(0.5).ariaLabel, /Not told apart: CE, LS$/);
  // 2.3 - 1.2 is within 1.15, 2.5 - 1.2 is not: two bars that overlap.
  assert.equal(bars(drawn(1.15).svg), 2);
  assert.equal(bars(drawn(1.5).svg), 1);
});

Deno.test("criticalDifferenceDiagram() says the ranks, the best first", () => {
  const figure = quietly(() =>
    criticalDifferenceDiagram(
      [{ name: "b", rank: 2 }, { name: "a", rank: 1 }],
      {
        difference: 0.7,
      },
    )
  );
  assert.equal(
    figure.ariaLabel,
    "Mean ranks: a 1.00, b 2.00. Critical difference 0.70. " +
      "All are told apart",
  );
});

Deno.test("criticalDifferenceDiagram() refuses one method, no rank and no difference", () => {
  const draw = (rank: number, difference: number) => () =>
    criticalDifferenceDiagram(
      [{ name: "a", rank }, { name: "b", rank: 2 }],
      { difference },
    );
  assert.throws(() => criticalDifferenceDiagram([], { difference: 1 }), {
    name: "BadInput",
    message: "Cannot draw mean ranks as there must be two methods or more: 0",
  });
  assert.throws(draw(NaN, 1), {
    message: "Cannot draw mean ranks as each must be in [1, 2]: a has NaN",
  });
  assert.throws(draw(2.5, 1), /a has 2.5$/);
  assert.throws(draw(1, 0), /critical difference must be above 0: .* is 0$/);
});
