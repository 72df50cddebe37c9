/** `ils-shrunk` and the methods that it lies between. */
import assert from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import { asLogits, logitsOf } from "../../lib/matrix_kinds.ts";
import { stream } from "../../lib/random.ts";
import type { MethodSpec } from "../../lib/smoothing/method.ts";
import { buildTargets } from "../../lib/smoothing/targets.ts";
import { assertClose } from "./close.ts";

const QUADRATIC = { p1: 0.8, p2: 2, maxEpsilon: 0.2 };
const CLASSES = 6;

/** Sixty rows of a random teacher that is sure of some and unsure of others. */
function samples() {
  const random = stream(1, "shrunk");
  const labels = Int32Array.from({ length: 60 }, (_, i) => i % CLASSES);
  const data = Float64Array.from(
    { length: labels.length * CLASSES },
    () => 4 * random.normal(),
  );
  const logits = asLogits({ data, rows: labels.length, columns: CLASSES });
  const teacher = { logits, temperature: 1.7 };
  return { labels, classes: CLASSES, teacher };
}

const ENDS = [
  [0, { epsilon: 0.1 }, { name: "cls", epsilon: 0.1 }],
  [1, { epsilon: 0.1 }, { name: "ils2", epsilon: 0.1 }],
  [1, QUADRATIC, { name: "ilsq", ...QUADRATIC }],
] as const;
for (const [shrink, amount, end] of ENDS) {
  Deno.test(`ils-shrunk with ${Object.keys(amount)} and shrink ${shrink} is ${end.name}, bit for bit`, () => {
    for (const temperature of [0.5, 1, 3]) {
      const shrunk = { name: "ils-shrunk", shrink, temperature } as const;
      assert.deepEqual(
        buildTargets({ ...shrunk, ...amount }, samples()),
        buildTargets({ ...end, temperature }, samples()),
      );
    }
  });
}

Deno.test("ils-shrunk with shrink 0 and P1, P2 has the amount of ilsq and the shape of cls", () => {
  const shape = { shrink: 0, temperature: 3 };
  const { data } = buildTargets(
    { name: "ils-shrunk", ...QUADRATIC, ...shape },
    samples(),
  );
  const amounts = buildTargets({ name: "ils1", ...QUADRATIC }, samples()).data;
  const means = buildTargets(
    { name: "cls", epsilon: 0.5, temperature: 3 },
    samples(),
  ).data;
  const { labels } = samples();
  data.forEach((target, at) => {
    const i = Math.floor(at / CLASSES);
    const kept = amounts[i * CLASSES + labels[i]];
    const expected = at % CLASSES === labels[i]
      ? kept
      : (1 - kept) * means[at] / 0.5;
    assertClose([target], [expected], 1e-7);
  });
});

Deno.test("ils-shrunk mixes the shapes of class and instance in the proportion of shrink", () => {
  const log3 = Math.log(3);
  const options = {
    labels: Int32Array.of(0, 0, 1, 2),
    classes: 3,
    teacher: {
      logits: logitsOf([[0, log3, 0], [0, 0, 0], [log3, 0, 0], [0, 0, 0]]),
    },
  };
  const method = {
    name: "ils-shrunk",
    epsilon: 0.2,
    shrink: 0.25,
    temperature: 1,
  } as const;
  // Class 0: instances (3/4, 1/4) and (1/2, 1/2), so the mean is (5/8, 3/8).
  // 3/4 of the mean and 1/4 of the instance: 21/32 and 19/32.
  assertClose(buildTargets(method, options).data, [
    ...[0.8, 0.2 * 21 / 32, 0.2 * 11 / 32],
    ...[0.8, 0.2 * 19 / 32, 0.2 * 13 / 32],
    ...[0.15, 0.8, 0.05],
    ...[0.1, 0.1, 0.8],
  ], 1e-7);
});

Deno.test("ils-shrunk divides both shapes by the same temperature", () => {
  const { labels, classes, teacher } = samples();
  const halves = {
    ...teacher.logits,
    data: teacher.logits.data.map((z) => z / 2),
  };
  const targets = (logits: typeof halves, temperature: number) =>
    buildTargets({
      name: "ils-shrunk",
      epsilon: 0.3,
      shrink: 0.4,
      temperature,
    }, { labels, classes, teacher: { logits } }).data;
  assertClose(targets(teacher.logits, 6), targets(halves, 3), 1e-7);
});

Deno.test("ils-shrunk needs a row of every class unless shrink is 1", () => {
  const options = {
    labels: Int32Array.of(0),
    classes: 3,
    teacher: { logits: logitsOf([[2, 1, 0]]) },
  };
  const shrunk = (shrink: number): MethodSpec => (
    { name: "ils-shrunk", epsilon: 0.1, shrink, temperature: 2 }
  );
  assert.throws(
    () => buildTargets(shrunk(0.9), options),
    new BadInput(
      "Cannot build class-based targets as every class must have a row: " +
        "class 1 has none",
    ),
  );
  const { data } = buildTargets(shrunk(1), options);
  assertClose(data, [0.9, 0.062246, 0.037754], 1e-6);
});
