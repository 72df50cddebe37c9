import assert from "node:assert/strict";
import { logitsLogLoss } from "../../../lib/calibration/scores.ts";
import { softmax } from "../../../lib/logits/softmax.ts";
import { asLogits, logitsOf } from "../../../lib/matrix_kinds.ts";
import { matrix } from "../../../lib/matrix.ts";
import { stream } from "../../../lib/random.ts";
import {
  embedScores,
  restoreScores,
} from "../../../lib/reports/interactive/embedded_scores.ts";

const ROWS = 500;
const CLASSES = 10;

/** Normal logits, of which the first row is a thousand times as large. */
function someLogits() {
  const random = stream(1, "embedded scores");
  const data = Float32Array.from(
    { length: ROWS * CLASSES },
    (_, i) => (i < CLASSES ? 8000 : 8) * random.normal(),
  );
  return asLogits(matrix(data, CLASSES));
}

Deno.test("logits are restored to within the documented distance", async () => {
  const logits = someLogits();
  const labels = Int32Array.from({ length: ROWS }, (_, i) => i % CLASSES);
  const embedded = await embedScores(logits, labels);
  const restored = await restoreScores(embedded);
  assert.deepEqual(restored.labels, labels);
  for (let i = 0; i < ROWS; i++) {
    const row = logits.data.subarray(i * CLASSES, (i + 1) * CLASSES);
    row.forEach((logit, k) => {
      const distance = Math.max(...row) - logit;
      const error = -restored.logits.data[i * CLASSES + k] - distance;
      // Half a step of the square root, squared.
      const half = Math.sqrt(embedded.range) / 65534 / 2;
      const most = 2 * Math.sqrt(distance) * half + half ** 2;
      assert.ok(Math.abs(error) <= most + 1e-9, `${i} ${k}: ${error}`);
    });
  }
});

Deno.test("numbers of restored logits agree to four digits", async () => {
  const logits = someLogits();
  const labels = Int32Array.from({ length: ROWS }, (_, i) => i % CLASSES);
  const restored = await restoreScores(await embedScores(logits, labels));
  assert.equal(
    logitsLogLoss(restored.logits, labels).toPrecision(4),
    logitsLogLoss(logits, labels).toPrecision(4),
  );
});

Deno.test("masked classes and equal logits survive", async () => {
  const rows = [[1e6, 0, -Infinity], [2, 2, 2], [-5, -Infinity, -5]];
  const labels = Int32Array.of(0, 1, 2);
  const { logits } = await restoreScores(
    await embedScores(logitsOf(rows), labels),
  );
  const [one, zero] = [1, 0];
  assert.deepEqual([...softmax(logits).data], [
    ...[one, zero, zero],
    ...[1 / 3, 1 / 3, 1 / 3],
    ...[0.5, zero, 0.5],
  ]);
});

Deno.test("equal logits of all rows have no range", async () => {
  const { logits } = await restoreScores(
    await embedScores(logitsOf([[3, 3]]), Int32Array.of(1)),
  );
  assert.deepEqual([...softmax(logits).data], [0.5, 0.5]);
});
