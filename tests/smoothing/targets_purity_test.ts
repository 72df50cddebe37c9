import assert from "node:assert/strict";
import { logitsOf } from "../../lib/matrix_kinds.ts";
import type { MethodSpec } from "../../lib/smoothing/method.ts";
import { parseMethod } from "../../lib/smoothing/parse_method.ts";
import { buildTargets } from "../../lib/smoothing/targets.ts";

const METHODS: readonly MethodSpec[] =
  (["cls", "ils", "ils2", "ilsq", "ils-shrunk"] as const)
    .map((name) => parseMethod(name, {}, { epsilon: 0.3, p1: 0.8, p2: 2 }));

Deno.test("buildTargets() repeats its result and does not change the teacher", () => {
  const rows = [[3, 1, 0], [0, 2, 1], [1, 0, 2], [0, 3, -1]];
  const labels = Int32Array.of(0, 1, 2, 1);
  for (const method of METHODS) {
    const logits = logitsOf(rows);
    const options = { labels, classes: 3, teacher: { logits } };
    const first = buildTargets(method, options);
    const again = buildTargets(method, options);
    assert.deepEqual(again, first, method.name);
    assert.deepEqual(logits, logitsOf(rows), method.name);
    assert.deepEqual([...labels], [0, 1, 2, 1]);
  }
});
