import {
  deepStrictEqual,
  notDeepStrictEqual,
  ok,
  rejects,
  strictEqual,
} from "node:assert/strict";
import {
  exactNormaliser,
  klDivergence,
} from "../../lib/embedding/divergence.ts";
import {
  layout,
  type LayoutProgress,
  similarities,
} from "../../lib/embedding/layout.ts";
import { neighbourPurity } from "../../lib/embedding/neighbour_purity.ts";
import { trustworthiness } from "../../lib/embedding/trustworthiness.ts";
import { tsne } from "../../lib/embedding/tsne.ts";
import { matrix, takeRows } from "../../lib/matrix.ts";
import { asPoints, pointsOf } from "../../lib/matrix_kinds.ts";
import { stream } from "../../lib/random.ts";
import { points, reference } from "./reference.ts";

const few = takeRows(points, Array.from({ length: 60 }, (_, i) => i));
const short = { perplexity: 10, iterations: 250, seed: 1 };

Deno.test("tsne() reaches scikit-learn's divergence within 5 %", async () => {
  const { perplexity, iterations } = reference;
  for (const seed of [1, 2]) {
    const found = await tsne(points, { perplexity, iterations, seed });
    const best = reference.klDivergence.scikitLearn;
    ok(
      found.klDivergence < 1.05 * best && found.klDivergence > 0.8 * best,
      `${found.klDivergence}, scikit-learn's is ${best}`,
    );
    const faithful = trustworthiness(points, found.embedding, 12);
    ok(faithful > reference.trustworthiness[12], `${faithful}`);
  }
});

Deno.test("tsne() reports the divergence of the embedding it returns", async () => {
  const found = await tsne(few, short);
  const { data } = found.embedding;
  strictEqual(
    found.klDivergence,
    klDivergence(similarities(few, 10), data, exactNormaliser(data)),
  );
});

Deno.test("tsne() returns the same bytes for the same seed and others for another", async () => {
  const [once, again, other] = await Promise.all([
    tsne(few, short),
    tsne(few, short),
    tsne(few, { ...short, seed: 2 }),
  ]);
  deepStrictEqual(again, once);
  deepStrictEqual(layout(few, short), once);
  notDeepStrictEqual(other.embedding, once.embedding);
});

Deno.test("tsne() embeds float32 points as the same numbers in float64", async () => {
  const rounded = Float32Array.from(few.data);
  const single = await tsne(asPoints(matrix(rounded, 10)), short);
  const double = await tsne(
    asPoints(matrix(Float64Array.from(rounded), 10)),
    short,
  );
  deepStrictEqual(single, double);
});

Deno.test("tsne() keeps distant clusters apart", async () => {
  const random = stream(3, "clusters");
  const labels = Int32Array.from({ length: 90 }, (_, i) => i % 3);
  const data = Float64Array.from(
    { length: 90 * 5 },
    (_, at) => random.normal() + 20 * labels[Math.floor(at / 5)],
  );
  const { embedding } = await tsne(asPoints(matrix(data, 5)), short);
  strictEqual(neighbourPurity(embedding, labels, 8), 1);
});

Deno.test("tsne() reports progress and leaves the main thread free", async () => {
  const seen: LayoutProgress[] = [];
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const found = await tsne(points, {
    perplexity: 30,
    iterations: 300,
    seed: 1,
    onProgress: (progress) => seen.push(progress),
  });
  clearInterval(timer);
  ok(turns >= 10, `the timer fired ${turns} times`);
  deepStrictEqual(
    seen.map(({ iteration }) => iteration),
    [0, 50, 100, 150, 200, 250, 300],
  );
  ok(seen.every(({ iterations }) => iterations === 300));
  strictEqual(seen.at(-1)?.klDivergence, found.klDivergence);
  ok(seen[0].klDivergence > 2 * found.klDivergence);
});

Deno.test("tsne() rejects with the signal's reason when aborted", async () => {
  const reason = new Error("enough");
  const controller = new AbortController();
  let reports = 0;
  const running = tsne(points, {
    seed: 1,
    iterations: 1_000_000,
    signal: controller.signal,
    onProgress: () => {
      if (++reports < 2) return;
      // Reports that arrive meanwhile must not be passed on.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
      controller.abort(reason);
    },
  });
  await rejects(running, reason);
  strictEqual(reports, 2);
  await rejects(tsne(few, { ...short, signal: controller.signal }), reason);
});

Deno.test("tsne() rejects with the error that onProgress threw", async () => {
  const error = new Error("the terminal went away");
  const onProgress = () => {
    throw error;
  };
  await rejects(tsne(few, { ...short, onProgress }), error);
});

Deno.test("tsne() returns finite numbers for coinciding points", async () => {
  const same = pointsOf(Array(40).fill([3, 1, 4]));
  const pairs = takeRows(few, Array.from({ length: 60 }, (_, i) => i >> 1));
  const column = pointsOf(Array.from({ length: 50 }, (_, i) => [i % 5]));
  for (const points of [same, pairs, column]) {
    const found = await tsne(points, short);
    ok(found.embedding.data.every(Number.isFinite));
    ok(Number.isFinite(found.klDivergence));
  }
});

Deno.test("tsne() keeps coinciding points together", async () => {
  const pairs = takeRows(few, Array.from({ length: 60 }, (_, i) => i >> 1));
  const { embedding } = await tsne(pairs, { ...short, iterations: 1000 });
  const twins = Int32Array.from({ length: 60 }, (_, i) => i >> 1);
  ok(neighbourPurity(embedding, twins, 1) > 0.9);
});

Deno.test("tsne() refuses points and options that it cannot embed", async () => {
  const cases: [Promise<unknown>, RegExp][] = [
    [
      tsne(few, { seed: 1 }),
      /^BadInput: t-SNE's perplexity for 60 points must be in \[2, 19\]: current value is 30$/,
    ],
    [tsne(few, { seed: 1, perplexity: 1 }), /in \[2, 19\]: current value is 1/],
    [tsne(few, { seed: 1, perplexity: NaN }), /current value is NaN/],
    [
      tsne(pointsOf([[1], [2], [3]]), short),
      /Cannot embed 3 points by t-SNE as it needs at least 7$/,
    ],
    [
      tsne(few, { ...short, iterations: 249 }),
      /iterations must be a whole number of at least 250: current value is 249/,
    ],
    [tsne(few, { ...short, seed: 0.5 }), /seed must be a whole number/],
    [
      tsne(
        asPoints(matrix(few.data.map((v, at) => at === 27 ? NaN : v), 10)),
        short,
      ),
      /must be finite and at most 1e\+100 in absolute value: row 2, column 7 is NaN$/,
    ],
  ];
  for (const [running, message] of cases) await rejects(running, message);
});
