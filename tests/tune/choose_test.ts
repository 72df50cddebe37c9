import assert from "node:assert/strict";
import { choose, pointResults } from "../../lib/tune/choose.ts";
import type { RunOutcome } from "../../lib/tune/train_plan.ts";
import { done } from "./samples.ts";

const point = (method: string, numbers: Record<string, number>) => ({
  method,
  numbers,
  runs: [1, 2].map((seed) => ({
    seed,
    id: `${method}${Object.values(numbers)}s${seed}`,
  })),
});

const POINTS = [
  point("ce", {}),
  point("ls", { epsilon: 0.05 }),
  point("ls", { epsilon: 0.1 }),
  point("ls", { epsilon: 0.2 }),
];

function outcomesOf(losses: readonly (readonly number[])[]) {
  return new Map<string, RunOutcome>(
    POINTS.flatMap(({ runs }, i) =>
      runs.map(({ id }, seed) =>
        [
          id,
          Number.isNaN(losses[i][seed])
            ? { state: "failed", reason: "NaN" }
            : done(id, losses[i][seed], 0.5 + 0.1 * seed),
        ] as const
      )
    ),
  );
}

Deno.test("pointResults() returns means over seeds and sample standard deviations", () => {
  const outcomes = outcomesOf([[1, 2], [1, 1], [1, 1], [1, NaN]]);
  const [ce, , , failed] = pointResults(POINTS, outcomes);
  assert.deepEqual([ce.logLoss, ce.logLossStdev], [1.5, Math.SQRT1_2]);
  assert.ok(Math.abs(ce.accuracy! - 0.55) < 1e-12);
  assert.equal(ce.failed, 0);
  assert.deepEqual(failed, {
    ...POINTS[3],
    failed: 1,
    logLoss: null,
    logLossStdev: null,
    accuracy: null,
    accuracyStdev: null,
  });
});

Deno.test("choose() takes the smallest mean of each method, not the smallest run", () => {
  // 0.1 has the best run, 0.05 the best mean.
  const outcomes = outcomesOf([[3, 3], [1, 1.2], [0.5, 2], [1.2, 1.2]]);
  const chosen = choose(pointResults(POINTS, outcomes));
  assert.deepEqual(
    chosen.map(({ method, numbers, logLoss, tried, atEdge }) => [
      ...[method, numbers, logLoss, tried, atEdge],
    ]),
    [
      ["ce", {}, 3, 1, []],
      ["ls", { epsilon: 0.05 }, 1.1, 3, ["epsilon"]],
    ],
  );
});

Deno.test("choose() takes the first point on ties, and reports no edge inside the grid", () => {
  const outcomes = outcomesOf([[3, 3], [2, 2], [1, 1], [1, 1]]);
  const [, ls] = choose(pointResults(POINTS, outcomes));
  assert.deepEqual([ls.numbers, ls.atEdge], [{ epsilon: 0.1 }, []]);
});

Deno.test("choose() reports no edge at the end of a number's range", () => {
  // Lambda is in [0, 1], gamma of the focal loss at least 0.
  const edges = (method: string, name: string, values: readonly number[]) => {
    const points = values.map((value) => point(method, { [name]: value }));
    const outcomes = new Map(
      points.flatMap(({ runs }, i) =>
        runs.map(({ id }) => [id, done(id, i)] as const)
      ),
    );
    return choose(pointResults(points, outcomes))[0].atEdge;
  };
  assert.deepEqual(edges("mix", "lambda", [1, 0.5]), []);
  assert.deepEqual(edges("ils-shrunk", "shrink", [0, 0.5, 1]), []);
  assert.deepEqual(edges("mix", "lambda", [0.9, 0.5]), ["lambda"]);
  assert.deepEqual(edges("focal", "focalGamma", [0, 1]), []);
  assert.deepEqual(edges("focal", "focalGamma", [1, 0]), ["focalGamma"]);
});

Deno.test("choose() compares a number with the points that have it", () => {
  const points = [
    point("ils-shrunk", { epsilon: 0.2, shrink: 0.5 }),
    point("ils-shrunk", { epsilon: 0.1, shrink: 0.5 }),
    point("ils-shrunk", { p1: 0.8, p2: 2, shrink: 0.5 }),
  ];
  const outcomes = new Map(
    points.flatMap(({ runs }, i) =>
      runs.map(({ id }) => [id, done(id, i)] as const)
    ),
  );
  const [{ numbers, atEdge, tried }] = choose(pointResults(points, outcomes));
  assert.deepEqual([numbers, tried], [points[0].numbers, 3]);
  assert.deepEqual(atEdge, ["epsilon"]);
});

Deno.test("a point with a failed run cannot be chosen, nor a method with only such points", () => {
  const one = outcomesOf([[3, 3], [2, 2], [0.1, NaN], [3, 3]]);
  assert.deepEqual(choose(pointResults(POINTS, one))[1].numbers, {
    epsilon: 0.05,
  });
  const all = outcomesOf([[3, 3], [NaN, 2], [NaN, 1], [1, NaN]]);
  assert.deepEqual(
    choose(pointResults(POINTS, all)).map(({ method }) => method),
    ["ce"],
  );
});
