import assert from "node:assert/strict";
import {
  conformalMetrics,
  conformalSets,
} from "../../../lib/calibration/conformal/conformal.ts";
import type { ConformalVariant } from "../../../lib/calibration/conformal/conformal_method.ts";
import { rankRows } from "../../../lib/calibration/conformal/ranked_rows.ts";
import { setMetrics } from "../../../lib/calibration/conformal/set_metrics.ts";
import {
  labelScores,
  scoreThreshold,
  setSizes,
} from "../../../lib/calibration/conformal/set_sizes.ts";
import { softmax } from "../../../lib/logits/softmax.ts";
import { probabilitiesOf } from "../../../lib/matrix_kinds.ts";
import { stream } from "../../../lib/random.ts";
import record from "../../fixtures/conformal_reference.json" with {
  type: "json",
};
import { assertClose } from "../close.ts";
import { REFERENCE } from "../reference.ts";
import { uniforms } from "../references/conformal_deviations.ts";

const rows = (all: number[][], labels: number[]) => ({
  probabilities: probabilitiesOf(all),
  labels: Int32Array.from(labels),
});

/** Nine rows whose THR scores are 0.3 seven times, 0.8 and 0.9. */
const nine = rows(Array(9).fill([0.7, 0.2, 0.1]), [0, 0, 0, 0, 0, 0, 0, 1, 2]);

Deno.test("Sets have the thresholds, coverages and sizes of TorchCP", () => {
  record.cases.forEach(({ results }, c) => {
    const { logits, labels, validation } = REFERENCE[c];
    const fitted = rankRows(softmax(validation.logits), validation.labels);
    const test = rankRows(softmax(logits), labels);
    for (const { targetCoverage, threshold, ...expected } of results) {
      const variant = expected as unknown as ConformalVariant;
      const forFit = uniforms(fitted.ranks.length, 0.6180339887498949, variant);
      const found = scoreThreshold(
        labelScores(fitted, variant, forFit),
        targetCoverage,
      );
      // TorchCP's penalty is in single precision.
      assertClose(found, threshold, variant.method === "raps" ? 1e-7 : 1e-12);
      const forTest = uniforms(labels.length, 0.7548776662466927, variant);
      const sizes = setSizes(test, variant, forTest, found);
      const metrics = setMetrics(test, labels, sizes, targetCoverage);
      // TorchCP measures in single precision.
      for (const name of ["coverage", "meanSize", "coverageGap"] as const) {
        assertClose(metrics[name], expected[name], 1e-6, name);
      }
      metrics.coverageByClass.forEach((coverage, k) =>
        assertClose(
          Number.isNaN(coverage) ? -1 : coverage,
          expected.coverageByClass[k] ?? -1,
          1e-6,
        )
      );
      assert.equal(
        metrics.coverageBySize.length,
        expected.coverageBySize.length,
      );
      metrics.coverageBySize.forEach(({ size, rows, coverage }, i) => {
        const group = expected.coverageBySize[i];
        assert.deepEqual([size, rows], [group.size, group.rows]);
        assertClose(coverage, group.coverage, 1e-6);
      });
    }
  });
});

Deno.test("conformalMetrics() by hand: THR", () => {
  const test = rows([[0.75, 0.2, 0.05], [0.5, 0.3, 0.2], [0.85, 0.1, 0.05]], [
    ...[0, 2, 2],
  ]);
  const [result] = conformalMetrics(nine, test, {
    variants: [{ method: "thr" }],
    coverages: [0.8],
  });
  // Classes with a score of at most 0.8, the 8th of 9: two, three and one.
  assert.equal(result.threshold, 0.8);
  assert.equal(result.meanSize, 2);
  assert.equal(result.coverage, 2 / 3);
  assert.deepEqual(result.coverageByClass, [1, NaN, 0.5]);
  assertClose(result.coverageGap, (0.2 + 0.3) / 2);
  assert.deepEqual(result.coverageBySize, [
    { size: 1, rows: 1, coverage: 0 },
    { size: 2, rows: 1, coverage: 1 },
    { size: 3, rows: 1, coverage: 1 },
  ]);
});

Deno.test("conformalMetrics() has THR, and APS and RAPS with and without randomness", () => {
  const results = conformalMetrics(nine, nine);
  assert.equal(results.length, 15);
  assert.deepEqual(
    results.slice(0, 3).map(({ method, targetCoverage }) => [
      method,
      targetCoverage,
    ]),
    [["thr", 0.8], ["thr", 0.9], ["thr", 0.95]],
  );
});

Deno.test("Sets reach their coverage on rows of the same distribution", () => {
  const draw = (seed: number) => {
    const random = stream(seed, "rows");
    const all = Array.from({ length: 3000 }, () => {
      const weights = [1, 2, 3, 4].map(() => random.uniform() ** 3);
      const sum = weights.reduce((a, b) => a + b);
      return weights.map((w) => w / sum);
    });
    const labels = all.map((row) => {
      let left = random.uniform();
      // Flatter than predicted.
      const k = row.findIndex((p) => (left -= 0.5 * p + 0.125) < 0);
      return k < 0 ? 3 : k;
    });
    return rows(all, labels);
  };
  for (const result of conformalMetrics(draw(1), draw(2))) {
    const { method, randomised, targetCoverage, coverage } = result;
    const what = `${method}, ${randomised}`;
    assert(coverage > targetCoverage - 0.02, what);
    if (method === "thr" || randomised) {
      assertClose(coverage, targetCoverage, 0.02, what);
    }
  }
});

Deno.test("Sets of few validation rows contain all classes", () => {
  const few = rows([[0.9, 0.1], [0.6, 0.4]], [0, 0]);
  const results = conformalMetrics(few, nineOfTwo(), { coverages: [0.9] });
  for (const { threshold, meanSize, coverage } of results) {
    assert.deepEqual([threshold, meanSize, coverage], [Infinity, 2, 1]);
  }
});

const nineOfTwo = () => rows(Array(9).fill([0.7, 0.3]), Array(9).fill(1));

Deno.test("Sets may be empty, and then never contain the label", () => {
  const sure = rows(Array(9).fill([0.99, 0.01]), Array(9).fill(0));
  const test = rows([[0.6, 0.4]], [0]);
  const [result] = conformalMetrics(sure, test, {
    variants: [{ method: "thr" }],
    coverages: [0.8],
  });
  assert.deepEqual(result.coverageBySize, [{ size: 0, rows: 1, coverage: 0 }]);
});

Deno.test("Randomised sets depend on the seed, and are never larger than deterministic ones", () => {
  const variants = [{ method: "aps", randomised: true }] as const;
  const { logits, labels } = REFERENCE[0];
  const all = { probabilities: softmax(logits), labels };
  const of = (seed?: number) =>
    conformalMetrics(all, all, {
      variants,
      ...(seed === undefined ? {} : { seed }),
    });
  assert.deepEqual(of(), of(1));
  assert.notDeepEqual(of(1), of(2));
  const plain = conformalMetrics(all, all, { variants: [{ method: "aps" }] });
  plain.forEach(({ meanSize }, i) => assert(of()[i].meanSize < meanSize));
});

Deno.test("RAPS without penalty is APS", () => {
  const { logits, labels } = REFERENCE[0];
  const all = { probabilities: softmax(logits), labels };
  const [aps, raps] = [{ method: "aps" }, {
    method: "raps",
    penalty: 0,
  }] as const;
  const of = (variant: ConformalVariant) =>
    conformalMetrics(all, all, { variants: [variant] })
      .map(({ threshold, meanSize }) => [threshold, meanSize]);
  assert.deepEqual(of(raps), of(aps));
});

Deno.test("conformalSets() lists the classes of the sets that conformalMetrics() measures", () => {
  const { logits, labels, validation } = REFERENCE[0];
  const fitted = {
    probabilities: softmax(validation.logits),
    labels: validation.labels,
  };
  const probabilities = softmax(logits);
  const test = { probabilities, labels };
  for (const result of conformalMetrics(fitted, test, { coverages: [0.9] })) {
    const { method, randomised, threshold: _ } = result;
    const sets = conformalSets(fitted, probabilities, {
      method,
      coverage: 0.9,
      ...(randomised === undefined ? {} : { randomised }),
    });
    const sizes = sets.map((set) => set.length);
    const covered = sets.filter((set, i) => set.includes(labels[i]));
    assertClose(sizes.reduce((a, b) => a + b) / sets.length, result.meanSize);
    assertClose(covered.length / sets.length, result.coverage);
  }
});

Deno.test("conformalSets() lists classes by decreasing probability, the first of equal ones first", () => {
  const others = probabilitiesOf([[0.2, 0.2, 0.6], [0.4, 0.4, 0.2]]);
  const sets = conformalSets(nine, others, { method: "thr", coverage: 0.8 });
  assert.deepEqual(sets, [[2, 0, 1], [0, 1, 2]]);
});

Deno.test("Conformal sets refuse settings and rows that do not fit", () => {
  const two = nineOfTwo();
  const refused: [() => unknown, RegExp][] = [
    [() => conformalMetrics(two, nine), /same classes: they have 2 and 3/],
    [() => conformalMetrics(nine, nine, { coverages: [1] }), /\(0, 1\)/],
    [
      () => conformalMetrics(nine, nine, { variants: [raps({ penalty: -1 })] }),
      /penalty .* -1$/,
    ],
    [
      () =>
        conformalMetrics(nine, nine, { variants: [raps({ freeRanks: 0.5 })] }),
      /classes without penalty .* 0.5$/,
    ],
    [
      () =>
        conformalSets(nine, two.probabilities, {
          method: "aps",
          coverage: 0.9,
        }),
      /same classes/,
    ],
    [
      () =>
        conformalSets(nine, nine.probabilities, {
          method: "thr",
          randomised: true,
          coverage: 0.9,
        }),
      /thr is never randomised/,
    ],
    [
      () =>
        conformalMetrics(nine, { ...nine, labels: nine.labels.map(() => 3) }),
      /row 0 has 3/,
    ],
  ];
  for (const [call, message] of refused) {
    assert.throws(call, { name: "BadInput", message });
  }
});

function raps(settings: Partial<ConformalVariant>): ConformalVariant {
  return { method: "raps", ...settings };
}
