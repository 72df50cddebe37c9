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
  "criticalDifferenceDiagram() draws the study's mean ranks by log loss",
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
  "criticalDifferenceDiagram() fits three methods and escapes their names",
  "critical_difference_three",
  () => criticalDifferenceDiagram(THREE, { difference: 1.15 }),
);

/** Counts the thick bars, which join methods. */
function bars(svg: string): number {
  const thick = svg.match(/stroke-width="4"[^>]*>(.*?)<\/g>/)?.[1] ?? "";
  return thick.match(/<line/g)?.length ?? 0;
}

Deno.test("criticalDifferenceDiagram() joins only methods within the critical difference", () => {
  const drawn = (difference: number) =>
    quietly(() => criticalDifferenceDiagram(THREE, { difference }));
  assert.equal(bars(drawn(0.1).svg), 0);
  assert.match(drawn(0.1).ariaLabel, /All differ significantly$/);
  assert.equal(bars(drawn(0.5).svg), 1);
  assert.match(drawn(0.5).ariaLabel, /No significant difference: CE, LS$/);
  // 2.3 - 1.2 is less than 1.15, 2.5 - 1.2 is not: two overlapping bars.
  assert.equal(bars(drawn(1.15).svg), 2);
  assert.equal(bars(drawn(1.5).svg), 1);
});

Deno.test("criticalDifferenceDiagram() describes the ranks, best first", () => {
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
      "All differ significantly",
  );
});

Deno.test("criticalDifferenceDiagram() refuses too few methods and invalid ranks or differences", () => {
  const draw = (rank: number, difference: number) => () =>
    criticalDifferenceDiagram(
      [{ name: "a", rank }, { name: "b", rank: 2 }],
      { difference },
    );
  assert.throws(() => criticalDifferenceDiagram([], { difference: 1 }), {
    name: "BadInput",
    message: "Cannot draw mean ranks as there must be at least two methods: 0",
  });
  assert.throws(draw(NaN, 1), {
    message: "Cannot draw mean ranks as each must be in [1, 2]: a has NaN",
  });
  assert.throws(draw(2.5, 1), /a has 2.5$/);
  assert.throws(draw(1, 0), /critical difference must be above 0: .* is 0$/);
});
