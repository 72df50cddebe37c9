/** Properties of every method's targets, tested on seeded random teachers. */
import assert from "node:assert/strict";
import { row } from "../../lib/matrix.ts";
import { asLogits, type Probabilities } from "../../lib/matrix_kinds.ts";
import { type Random, stream } from "../../lib/random.ts";
import {
  METHOD_NAMES,
  type MethodName,
  type MethodSpec,
} from "../../lib/smoothing/method.ts";
import { parseMethod } from "../../lib/smoothing/parse_method.ts";
import { buildTargets } from "../../lib/smoothing/targets.ts";
import { assertClose } from "./close.ts";

const NUMBERS = { epsilon: 0.3, p1: 0.8, p2: 2, lambda: 1 };
const TEMPERATURES = [0.05, 1, 20];
const CLASS_COUNTS = [2, 3, 10, 1000];
/** Spread of the logits; at 1e4 probabilities are exactly 0 and 1. */
const SCALES = [0, 1, 30, 1e4, 1e307];

/** Every method, with each temperature and kind of scores that it takes. */
const METHODS: MethodSpec[] = METHOD_NAMES.flatMap((name) => {
  const plain = parseMethod(name, {}, NUMBERS);
  const variants = [plain];
  if ("temperature" in plain) {
    variants.push(
      ...TEMPERATURES.map((temperature) => ({ ...plain, temperature })),
    );
  }
  if ("shrink" in plain) {
    const quadratic = parseMethod(name, { p1: NUMBERS.p1, p2: NUMBERS.p2 });
    variants.push(
      ...[0, 1].map((shrink) => ({ ...plain, shrink })),
      quadratic,
    );
  }
  if ("scores" in plain) variants.push({ ...plain, scores: "shifted-logits" });
  return variants;
});

const ROWS = 20;

/** Such a method needs a row of every class. */
function usesClassMeans(method: MethodSpec): boolean {
  return method.name === "cls" || ("shrink" in method && method.shrink < 1);
}

/** A teacher's logits and labels; up to 20 classes have a row each. */
function teacherOf(random: Random, classes: number, scale: number) {
  const data = Float64Array.from(
    { length: ROWS * classes },
    () => scale * random.normal(),
  );
  const labels = Int32Array.from({ length: ROWS }, (_, i) => i % classes);
  // One row has equal wrong scores.
  data.fill(-scale, 0, classes);
  data[labels[0]] = scale;
  return { logits: asLogits({ data, rows: ROWS, columns: classes }), labels };
}

function rowSum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0);
}

/** Calls `check` with the targets of every method for many teachers. */
function forTargets(
  methods: readonly MethodSpec[],
  check: (
    method: MethodSpec,
    targets: Probabilities,
    labels: Int32Array,
  ) => void,
) {
  for (const classes of CLASS_COUNTS) {
    for (const scale of SCALES) {
      const random = stream(classes, `teacher ${scale}`);
      const { logits, labels } = teacherOf(random, classes, scale);
      for (const method of methods) {
        if (usesClassMeans(method) && classes > ROWS) continue;
        const options = { labels, classes, teacher: { logits } };
        check(method, buildTargets(method, options), labels);
      }
    }
  }
}

Deno.test("every row of targets is at least 0 and sums to 1 within 1e-6", () => {
  let rows = 0;
  forTargets(METHODS, (method, targets) => {
    for (let i = 0; i < targets.rows; i++, rows++) {
      const values = row(targets, i);
      const fine = values.every((value) => value >= 0 && value <= 1) &&
        Math.abs(rowSum(values) - 1) <= 1e-6;
      assert(
        fine,
        `${JSON.stringify(method)} of ${targets.columns}: ${values}`,
      );
    }
  });
  assert(rows > 10_000);
});

Deno.test("the true class keeps at least 1 - epsilon, or 1 - lambda, of the mass", () => {
  forTargets(METHODS, (method, targets, labels) => {
    const most = "maxEpsilon" in method
      ? method.maxEpsilon
      : "epsilon" in method
      ? method.epsilon
      : "lambda" in method
      ? method.lambda
      : 0;
    labels.forEach((label, i) => {
      const kept = row(targets, i)[label];
      assert(kept >= 1 - most - 1e-7, `${method.name} keeps ${kept}`);
    });
  });
});

Deno.test("every method's targets are one-hot if epsilon or lambda is 0", () => {
  const methods = METHODS.map((method) => ({
    ...method,
    ...("epsilon" in method ? { epsilon: 0 } : {}),
    ...("maxEpsilon" in method ? { maxEpsilon: 0 } : {}),
    ...("lambda" in method ? { lambda: 0 } : {}),
  }));
  forTargets(methods, (method, targets, labels) => {
    labels.forEach((label, i) => {
      const values = row(targets, i);
      assert.equal(values[label], 1, method.name);
      assert.equal(rowSum(values), 1, method.name);
    });
  });
});

Deno.test("a uniform teacher gives the same targets as a uniform shape", () => {
  const pairs: readonly [MethodName, MethodName][] = [
    ["ils", "ils-even"],
    ["ils-inverse", "ils-inverse-even"],
    ["ilsq", "ils1"],
    ["cls", "ils2"],
    ["ils-shrunk", "ils2"],
  ];
  const classes = 7;
  const { labels } = teacherOf(stream(1, "even"), classes, 1);
  const data = new Float64Array(labels.length * classes).fill(-2.5);
  const logits = asLogits({ data, rows: labels.length, columns: classes });
  for (const [shaped, even] of pairs) {
    const [a, b] = [shaped, even].map((name) =>
      buildTargets(parseMethod(name, {}, NUMBERS), {
        labels,
        classes,
        teacher: { logits },
      })
    );
    assertClose(a.data, b.data, 1e-7);
  }
});

Deno.test("ls spreads over all classes, ils2 over the wrong ones only", () => {
  const options = { labels: Int32Array.of(2), classes: 4 };
  const logits = asLogits({ data: new Float64Array(4), rows: 1, columns: 4 });
  const ls = buildTargets({ name: "ls", epsilon: 0.4 }, options);
  assertClose(ls.data, [0.1, 0.1, 0.7, 0.1], 1e-7);
  const ils2 = buildTargets(
    { name: "ils2", epsilon: 0.3, temperature: 1 },
    { ...options, teacher: { logits } },
  );
  assertClose(ils2.data, [0.1, 0.1, 0.7, 0.1], 1e-7);
});

Deno.test("adding a constant to a teacher's row changes no target", () => {
  const { logits, labels } = teacherOf(stream(2, "shift"), 5, 3);
  const moved = { ...logits, data: logits.data.map((z) => z + 40) };
  for (const method of METHODS) {
    const [a, b] = [logits, moved].map((logits) =>
      buildTargets(method, { labels, classes: 5, teacher: { logits } })
    );
    assertClose(a.data, b.data, 1e-6);
  }
});

Deno.test("targets of float32 logits equal those of the same numbers in float64", () => {
  const { logits, labels } = teacherOf(stream(3, "float"), 5, 3);
  const data = Float32Array.from(logits.data);
  for (const method of METHODS) {
    const [a, b] = [data, Float64Array.from(data)].map((data) =>
      buildTargets(method, {
        labels,
        classes: 5,
        teacher: { logits: { ...logits, data } },
      })
    );
    assert.deepEqual(a, b);
  }
});
