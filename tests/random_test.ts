import assert from "node:assert/strict";
import { hash32, stream } from "../lib/random.ts";
import { mean, sampleStandardDeviation } from "../lib/statistics/summary.ts";

const N = 100_000;

Deno.test("stream() returns these fixed numbers", () => {
  // From an independent implementation of generator and hash in Python.
  const expected = [736605409, 1855656496, 1771139289];
  const { uniform } = stream(1, "init");
  assert.deepEqual(expected.map(() => uniform() * 2 ** 32), expected);
});

Deno.test("hash32() returns these fixed numbers", () => {
  assert.deepEqual(["", "a", "shuffle/0"].map(hash32), [
    2872998923,
    444641715,
    3383496833,
  ]);
});

Deno.test("stream().uniform() is uniform in [0, 1)", () => {
  const values = draw(N, stream(1, "even").uniform);
  assert.ok(values.every((value) => value >= 0 && value < 1));
  // Four standard errors of a proportion of one tenth.
  const error = 4 * Math.sqrt(N * 0.1 * 0.9);
  const counts = new Array(10).fill(0);
  for (const value of values) counts[Math.floor(10 * value)]++;
  counts.forEach((count) => assertClose(count, N / 10, error));
});

Deno.test("stream().normal() has the moments of a standard normal", () => {
  const values = draw(N, stream(1, "moments").normal);
  const root = Math.sqrt(N);
  assertClose(mean(values), 0, 4 / root);
  assertClose(sampleStandardDeviation(values), 1, 4 / (Math.SQRT2 * root));
  // Third and fourth moments, with variances 15 and 105 - 9.
  assertClose(mean(values.map((x) => x ** 3)), 0, 4 * Math.sqrt(15) / root);
  assertClose(mean(values.map((x) => x ** 4)), 3, 4 * Math.sqrt(96) / root);
});

Deno.test("stream().normal() follows the normal distribution function", () => {
  const values = draw(N, stream(2, "distribution").normal);
  const below = (limit: number) => values.filter((x) => x < limit).length / N;
  const quantiles = { "-1.959964": 0.025, "0": 0.5, "0.6744898": 0.75 };
  for (const [limit, share] of Object.entries(quantiles)) {
    const error = 4 * Math.sqrt(share * (1 - share) / N);
    assertClose(below(Number(limit)), share, error);
  }
});

Deno.test("stream().integer() reaches every number below its limit equally often", () => {
  const { integer } = stream(1, "integer");
  const counts = new Array(7).fill(0);
  for (let i = 0; i < N; i++) counts[integer(7)]++;
  const error = 4 * Math.sqrt(N / 7 * 6 / 7);
  counts.forEach((count) => assertClose(count, N / 7, error));
});

Deno.test("stream().permutation() contains each number once", () => {
  const order = stream(1, "order").permutation(1000);
  assert.deepEqual([...order].sort((a, b) => a - b), [...Array(1000).keys()]);
  assert.deepEqual([...stream(1, "order").permutation(0)], []);
});

Deno.test("stream().permutation() returns every order equally often", () => {
  const random = stream(1, "orders");
  const counts = new Map<string, number>();
  const times = 24_000;
  for (let i = 0; i < times; i++) {
    const order = random.permutation(4).join();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assert.equal(counts.size, 24);
  const error = 4 * Math.sqrt(times / 24 * 23 / 24);
  for (const count of counts.values()) assertClose(count, times / 24, error);
});

Deno.test("streams with different names or seeds are independent", () => {
  const pairs: [number, string][] = [
    [1, "shuffle/0"],
    [1, "shuffle/1"],
    [2, "shuffle/0"],
    [12, "shuffle/0"],
    [1, "2/shuffle/0"],
  ];
  const drawn = pairs.map(([seed, name]) => draw(N, stream(seed, name).normal));
  drawn.forEach((a, i) =>
    drawn.slice(0, i).forEach((b) => {
      const products = a.map((value, k) => value * b[k]);
      assertClose(mean(products), 0, 4 / Math.sqrt(N));
    })
  );
});

Deno.test("a stream does not depend on draws from other streams", () => {
  const alone = draw(10, stream(1, "a").uniform);
  const [a, b] = [stream(1, "a"), stream(1, "b")];
  const interleaved = draw(10, () => {
    b.normal();
    return a.uniform();
  });
  assert.deepEqual(interleaved, alone);
});

function draw(n: number, next: () => number): Float64Array {
  return Float64Array.from({ length: n }, next);
}

function assertClose(actual: number, expected: number, tolerance: number) {
  assert.ok(
    Math.abs(actual - expected) <= tolerance,
    `${actual} is not within ${tolerance} of ${expected}`,
  );
}
