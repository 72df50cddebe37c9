import assert from "node:assert/strict";
import { bayesLogits } from "../../../lib/synthetic/circles.ts";
import { decisionPanels } from "../../../lib/synthetic/figures/decision_panels.ts";
import { syntheticSpec } from "../../../lib/synthetic/spec.ts";
import { matrix, row } from "../../../lib/matrix.ts";
import { asPoints } from "../../../lib/matrix_kinds.ts";
import { softmax } from "../../../lib/logits/softmax.ts";
import { mean } from "../../../lib/statistics/summary.ts";
import { assertClose } from "../../calibration/close.ts";
import { assertAllClose } from "../../training/all_close.ts";
import { SMALL, smallLaboratory } from "../fake_laboratory.ts";

const TRAIN = { trainPerClass: 20 };
const panels = decisionPanels(syntheticSpec({ ...SMALL, ...TRAIN }), 2);
const { layout, train } = smallLaboratory(2, TRAIN).data;

Deno.test("decisionPanels() shows the posterior and four networks over the same plane", () => {
  assert.equal(panels.length, 5);
  assert.equal(new Set(panels.map(({ title }) => title)).size, 5);
  for (const panel of panels) {
    const { rows, columns, probabilities } = panel;
    assert.equal(probabilities.rows, rows * columns);
    assert.deepEqual(panel.points, train.points);
    assert.deepEqual(panel.labels, train.labels);
    assert.deepEqual(panel.marked, train.sparse);
    for (const at of [0, 777, rows * columns - 1]) {
      const [a, b, c] = row(probabilities, at);
      assertClose(a + b + c, 1, 1e-9);
    }
  }
  const middles = panels.map(({ probabilities: { data } }) => data[9000]);
  assert.equal(new Set(middles).size, 5, "all panels differ");
});

Deno.test("decisionPanels() covers all points with roughly square cells", () => {
  const [{ xDomain, yDomain, rows, columns }] = panels;
  const values = (axis: number) =>
    [...train.labels.keys()].map((i) => train.points.data[2 * i + axis]);
  for (const [axis, domain] of [xDomain, yDomain].entries()) {
    assertClose(domain[0], Math.min(...values(axis)) - 0.3);
    assertClose(domain[1], Math.max(...values(axis)) + 0.3);
  }
  const width = (xDomain[1] - xDomain[0]) / columns;
  const height = (yDomain[1] - yDomain[0]) / rows;
  assert(Math.abs(width / height - 1) < 0.02);
});

Deno.test("decisionPanels() evaluates the posterior at cell centres, lowest row first", () => {
  const [{ xDomain, yDomain, rows, columns, probabilities }] = panels;
  const width = (xDomain[1] - xDomain[0]) / columns;
  const height = (yDomain[1] - yDomain[0]) / rows;
  for (const [down, across] of [[0, 0], [0, 119], [3, 60], [rows - 1, 7]]) {
    const x = xDomain[0] + (across + 0.5) * width;
    const y = yDomain[0] + (down + 0.5) * height;
    const place = asPoints(matrix(Float32Array.of(x, y), 2));
    assertAllClose(
      row(probabilities, down * columns + across),
      softmax(bayesLogits(layout, place)).data,
      1e-6,
    );
  }
});

Deno.test("decisionPanels() shows that the posterior's student is closest to it", () => {
  const [truth, ...others] = panels.map(({ probabilities }) => probabilities);
  const distances = others.map(({ data }) =>
    mean(Float64Array.from(data, (p, i) => Math.abs(p - truth.data[i])))
  );
  const student = distances[3];
  assert(distances.slice(0, 3).every((one) => student < one / 4));
});
