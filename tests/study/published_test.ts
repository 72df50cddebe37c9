import assert from "node:assert/strict";
import { PUBLISHED_ROWS } from "../../lib/study/published.ts";

Deno.test("PUBLISHED_ROWS has two rows for each of three methods and four networks", () => {
  assert.equal(PUBLISHED_ROWS.length, 24);
  const keys = PUBLISHED_ROWS.map(({ dataset, network, method, scaled }) =>
    [dataset, network, method, scaled].join()
  );
  assert.equal(new Set(keys).size, 24);
});

Deno.test("PUBLISHED_ROWS has fractions, including the student's standard deviation", () => {
  const [row] = PUBLISHED_ROWS.filter(({ dataset, method, scaled }) =>
    dataset === "CIFAR-100" && method === "ls" && !scaled
  );
  assert.equal(row.accuracy.mean, 0.6816);
  assert(Math.abs(row.accuracy.stdev - 0.0193) < 1e-12);
  // Printed as 60.42 ± .60: both in per cent.
  assert.equal(row.studentAccuracy.stdev, 0.006);
  const [fashion] = PUBLISHED_ROWS.filter(({ network, method }) =>
    network === "DenseNet" && method === "ils"
  );
  // Printed as 93.5 ± .0008: the spread is a fraction.
  assert.deepEqual(fashion.studentAccuracy, { mean: 0.935, stdev: 0.0008 });
});

Deno.test("PUBLISHED_ROWS keeps the student's printed standard deviation and its unit", () => {
  for (const row of PUBLISHED_ROWS) {
    const { value, unit } = row.studentStdevPrinted;
    const read = unit === "fraction" ? value : value / 100;
    assert.equal(row.studentAccuracy.stdev, read);
    assert.equal(unit, row.network === "ResNet50" ? "per cent" : "fraction");
    // 0.05 to 2 %: plausible for three runs, whatever the printed unit.
    assert(read >= 0.0005 && read <= 0.02);
  }
});

Deno.test("PUBLISHED_ROWS has the same accuracy with and without temperature scaling", () => {
  for (const row of PUBLISHED_ROWS) {
    const plain = PUBLISHED_ROWS.find((other) =>
      other.network === row.network && other.method === row.method &&
      !other.scaled
    )!;
    assert.deepEqual(row.accuracy, plain.accuracy);
  }
});
