import assert from "node:assert/strict";
import { matrix } from "../../../lib/matrix.ts";
import { asPoints } from "../../../lib/matrix_kinds.ts";
import { tf } from "../../../lib/engine/engine.ts";
import { predictNetworks } from "../../../lib/training/stack/stack_weights.ts";
import { assertAllClose } from "../all_close.ts";

/** A network with one hidden unit: `[a relu(w x + b) + c, d relu(w x + b)]`. */
function network(w: number, b: number, [a, d]: number[], c: number) {
  return [[w], [b], [a, d], [c, 0]].map((values) => Float32Array.from(values));
}

Deno.test("predictNetworks() matches a calculation by hand", () => {
  const networks = [network(2, 1, [3, -1], 0.5), network(-1, 0, [1, 1], 0)];
  const points = asPoints(matrix(Float32Array.of(1, -2), 1));
  const [first, second] = predictNetworks(networks, [1, 1, 2], points);
  // relu(2 * 1 + 1) = 3 and relu(2 * -2 + 1) = 0; relu(-1) = 0 and relu(2) = 2.
  assert.deepEqual([...first.data], [9.5, -3, 0.5, 0]);
  assert.deepEqual([...second.data], [0, 0, 2, 2]);
});

Deno.test("predictNetworks() does not depend on the number of points per call", () => {
  const networks = Array.from(
    { length: 5 },
    (_, i) => network(i, 1, [1, -1], i),
  );
  const points = asPoints(matrix(
    Float32Array.from({ length: 9001 }, (_, i) => i / 9e3),
    1,
  ));
  const before = tf.memory().numTensors;
  const all = predictNetworks(networks, [1, 1, 2], points);
  assert.equal(tf.memory().numTensors, before);
  for (const i of [0, 4096, 9000]) {
    const one = asPoints(matrix(points.data.slice(i, i + 1), 1));
    const few = predictNetworks(networks, [1, 1, 2], one);
    few.forEach(({ data }, n) =>
      assertAllClose(all[n].data.subarray(2 * i, 2 * i + 2), data, 1e-6)
    );
  }
});
