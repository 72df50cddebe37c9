import assert from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import { logitsOf } from "../../lib/matrix_kinds.ts";
import type { MethodSpec } from "../../lib/smoothing/method.ts";
import { buildTargets } from "../../lib/smoothing/targets.ts";
import type { TargetsOptions } from "../../lib/smoothing/targets_options.ts";
import { assertClose } from "./close.ts";

const ILS = { temperature: 1, scores: "probabilities" } as const;
const SHIFTED = { temperature: 1, scores: "shifted-logits" } as const;
const QUADRATIC = { p1: 0.8, p2: 2, maxEpsilon: 0.2 };

/** The target row of one instance. */
function target(method: MethodSpec, logits: number[], label: number) {
  return buildTargets(method, {
    labels: Int32Array.of(label),
    classes: logits.length,
    teacher: { logits: logitsOf([logits]) },
  }).data;
}

/** Logits whose softmax is these probabilities; 0 becomes 1e-300. */
function logarithms(...probabilities: number[]): number[] {
  return probabilities.map((p) => Math.log(Math.max(p, 1e-300)));
}

// The figure that introduced the method: epsilon 0.1, three decimals.
const FIGURE: readonly [number[], number, number[]][] = [
  [[0.95, 0.04, 0.01], 0, [0.905, 0.076, 0.019]],
  [[0.90, 0.08, 0.02], 0, [0.910, 0.072, 0.018]],
  [[0.01, 0.99, 0.00], 1, [0.099, 0.901, 0.000]],
];
for (const [probabilities, label, expected] of FIGURE) {
  Deno.test(`ils turns ${probabilities} into the published ${expected}`, () => {
    const method = { name: "ils", epsilon: 0.1, ...ILS } as const;
    const row = target(method, logarithms(...probabilities), label);
    assertClose(row, expected, 5e-7);
  });
}

const WORKED: readonly [MethodSpec, number[], number, number[]][] = [
  [{ name: "ce" }, [2, 1, 0], 0, [1, 0, 0]],
  [{ name: "ls", epsilon: 0.1 }, [2, 1, 0], 0, [0.933333, 0.033333, 0.033333]],
  // p = 0.665241, so 2 (p - 0.8)^2 = 0.036320
  [{ name: "ils1", ...QUADRATIC }, [2, 1, 0], 0, [0.96368, 0.01816, 0.01816]],
  [
    { name: "ils2", epsilon: 0.1, temperature: 2 },
    [2, 1, 0],
    0,
    [0.9, 0.062246, 0.037754],
  ],
  [
    { name: "ilsq", ...QUADRATIC, temperature: 2 },
    [2, 1, 0],
    0,
    [0.96368, 0.022608, 0.013712],
  ],
  // p = 0.042010: 1.149097 is limited to 0.2
  [
    { name: "ilsq", ...QUADRATIC, temperature: 1 },
    [0, 3, 1],
    0,
    [0.8, 0.176159, 0.023841],
  ],
  // p = 1 in float64
  [
    { name: "ilsq", ...QUADRATIC, temperature: 2 },
    [200, 3, 1],
    0,
    [0.92, 0.058485, 0.021515],
  ],
  [
    { name: "ils", epsilon: 0.1, ...SHIFTED },
    [2, 1, 0],
    0,
    [0.933333, 0.066667, 0],
  ],
  [
    { name: "ils-even", epsilon: 0.1, ...SHIFTED },
    [2, 1, 0],
    0,
    [0.933333, 0.033333, 0.033333],
  ],
  [
    { name: "ils-inverse", epsilon: 0.1, ...SHIFTED },
    [2, 1, 0],
    0,
    [0.966667, 0.033333, 0],
  ],
  // 0.1 (1 - 0.665241) = 0.033476, halved
  [
    { name: "ils-inverse-even", epsilon: 0.1, ...ILS },
    [2, 1, 0],
    0,
    [0.966524, 0.016738, 0.016738],
  ],
  // softmax([1, 0.5, 0])_0 = 0.506480: T affects both amount and shape
  [
    { name: "ils", epsilon: 0.1, temperature: 2, scores: "probabilities" },
    [2, 1, 0],
    0,
    [0.949352, 0.031526, 0.019122],
  ],
  // softmax is 0.665241, 0.244728, 0.090031: half of it plus half the label
  [{ name: "mix", lambda: 0.5 }, [2, 1, 0], 0, [0.832621, 0.122364, 0.045015]],
  [{ name: "mix", lambda: 1 }, [2, 1, 0], 2, [0.665241, 0.244728, 0.090031]],
  // softmax([1, 0.5, 0]) is 0.506480, 0.307196, 0.186324: all of it, then half
  [
    { name: "self-distillation", lambda: 1, temperature: 2 },
    [2, 1, 0],
    0,
    [0.50648, 0.307196, 0.186324],
  ],
  [
    { name: "self-distillation", lambda: 0.5, temperature: 2 },
    [2, 1, 0],
    1,
    [0.25324, 0.653598, 0.093162],
  ],
  // p = 1 in float64 at T = 1, but not at T = 100
  [
    { name: "self-distillation", lambda: 1, temperature: 100 },
    [200, 3, 1],
    0,
    [0.783606, 0.109279, 0.107115],
  ],
  // p = 1 in float64: nothing is left for the others
  [{ name: "mix", lambda: 1 }, [200, 3, 1], 0, [1, 0, 0]],
  // p = 0: the teacher's distribution
  [{ name: "mix", lambda: 1 }, [-2000, 1, 0], 0, [0, 0.731059, 0.268941]],
];
for (const [method, logits, label, expected] of WORKED) {
  Deno.test(`${JSON.stringify(method)} turns ${logits} into ${expected}`, () => {
    assertClose(target(method, logits, label), expected, 1e-6);
  });
}

Deno.test("mix equals ils-inverse at temperature 1", () => {
  for (const logits of [[2, 1, 0], [0, 3, 1], [40, 0, 1]]) {
    const mixed = target({ name: "mix", lambda: 0.3 }, logits, 0);
    const inverse = { name: "ils-inverse", epsilon: 0.3, ...ILS } as const;
    assertClose(mixed, target(inverse, logits, 0), 1e-7);
  }
});

Deno.test("self-distillation is mix with a temperature-scaled teacher", () => {
  const wide = { name: "self-distillation", lambda: 0.3 } as const;
  for (const logits of [[2, 1, 0], [0, 3, 1], [40, 0, 1]]) {
    const tempered = target({ ...wide, temperature: 4 }, logits, 0);
    const quarters = logits.map((z) => z / 4);
    const mixed = { name: "mix", lambda: 0.3 } as const;
    assertClose(tempered, target(mixed, quarters, 0), 1e-7);
    const plain = target({ ...wide, temperature: 1 }, logits, 0);
    assert.deepEqual(plain, target(mixed, logits, 0));
  }
});

Deno.test("shifted logits: equal wrong classes give a uniform shape", () => {
  const method = { name: "ils", epsilon: 0.1, ...SHIFTED } as const;
  assertClose(target(method, [5, 1, 1], 0), [0.9, 0.05, 0.05], 1e-7);
});

for (const name of ["ils", "ils-even", "ils-inverse", "ils-inverse-even"]) {
  Deno.test(`shifted logits, all equal: ${name} leaves the label one-hot`, () => {
    const method = { name, epsilon: 0.1, ...SHIFTED } as MethodSpec;
    assert.deepEqual([...target(method, [3, 3, 3], 1)], [0, 1, 0]);
  });
}

Deno.test("the teacher's fitted temperature affects the quadratic amount only", () => {
  const options: TargetsOptions = {
    labels: Int32Array.of(0),
    classes: 3,
    teacher: { logits: logitsOf([[2, 1, 0]]), temperature: 2 },
  };
  // p = softmax([1, 0.5, 0])_0 = 0.506480: 2 (p - 0.8)^2 = 0.172308
  const quadratic = buildTargets({ name: "ils1", ...QUADRATIC }, options);
  assertClose(quadratic.data, [0.827692, 0.086154, 0.086154], 1e-6);
  const constant = { name: "ils2", epsilon: 0.1, temperature: 2 } as const;
  const { logits } = options.teacher!;
  assert.deepEqual(
    buildTargets(constant, options),
    buildTargets(constant, { ...options, teacher: { logits } }),
  );
});

Deno.test("cls gives all rows of a class the same shape", () => {
  const log3 = Math.log(3);
  const { data } = buildTargets({ name: "cls", epsilon: 0.2, temperature: 1 }, {
    labels: Int32Array.of(0, 0, 1, 2),
    classes: 3,
    teacher: {
      logits: logitsOf([[0, log3, 0], [0, 0, 0], [log3, 0, 0], [0, 0, 0]]),
    },
  });
  assertClose(data, [
    ...[0.8, 0.125, 0.075],
    ...[0.8, 0.125, 0.075],
    ...[0.15, 0.8, 0.05],
    ...[0.1, 0.1, 0.8],
  ], 1e-7);
});

Deno.test("a class at -Infinity gets no mass, unless all wrong classes are", () => {
  const { data } = buildTargets(
    { name: "ils2", epsilon: 0.2, temperature: 2 },
    {
      labels: Int32Array.of(0, 0, 0),
      classes: 3,
      teacher: {
        logits: logitsOf([
          [1, 0, -Infinity],
          [1, -Infinity, -Infinity],
          [-Infinity, 0, 0],
        ]),
      },
    },
  );
  assertClose(data, [0.8, 0.2, 0, 0.8, 0.1, 0.1, 0.8, 0.1, 0.1], 1e-7);
});

const LS = { name: "ls", epsilon: 0.1 } as const;
const ILS2 = { name: "ils2", epsilon: 0.1, temperature: 1 } as const;
const two = { labels: Int32Array.of(0, 1), classes: 2 };
const REFUSED: readonly [string, MethodSpec, TargetsOptions, string][] = [
  [
    "epsilon of 1.2",
    { name: "ls", epsilon: 1.2 },
    two,
    "Cannot smooth labels as epsilon must be in [0, 1): current value is 1.2",
  ],
  [
    "one class",
    LS,
    { labels: Int32Array.of(0), classes: 1 },
    "Cannot smooth labels as the number of classes must be a whole number of " +
    "at least 2: current value is 1",
  ],
  [
    "a label out of range",
    LS,
    { labels: Int32Array.of(0, 2), classes: 2 },
    "Cannot smooth labels as they must be in [0, 2): row 1 (from 0) has 2",
  ],
  ["no teacher", ILS2, two, "Method ils2 needs a teacher's logits"],
  [
    "a teacher with a different number of rows",
    ILS2,
    { ...two, teacher: { logits: logitsOf([[1, 2]]) } },
    "Cannot smooth labels as the teacher's logits must be 2 rows of 2 " +
    "classes: they are 1 of 2",
  ],
  [
    "a teacher that is not finite",
    ILS2,
    { ...two, teacher: { logits: logitsOf([[1, 2], [1, NaN]]) } },
    "Cannot smooth labels as the teacher's logits must be finite or " +
    "-Infinity: row 1, column 1 (from 0) is NaN",
  ],
  [
    "a teacher without any class",
    ILS2,
    { ...two, teacher: { logits: logitsOf([[1, 2], [-Infinity, -Infinity]]) } },
    "Cannot smooth labels as row 1 (from 0) of the teacher's logits is " +
    "-Infinity for all classes",
  ],
  [
    "shifted logits without a smallest one",
    { name: "ils", epsilon: 0.1, temperature: 1, scores: "shifted-logits" },
    { ...two, teacher: { logits: logitsOf([[1, 2], [1, -Infinity]]) } },
    "Cannot smooth labels by shifted logits as these must be finite: row 1, " +
    "column 1 (from 0) is -Infinity",
  ],
  [
    "a teacher's temperature of 0",
    ILS2,
    { ...two, teacher: { logits: logitsOf([[1, 2], [1, 2]]), temperature: 0 } },
    "Cannot smooth labels as the teacher's temperature must be in " +
    "(0, Infinity): current value is 0",
  ],
];
for (const [what, method, options, message] of REFUSED) {
  Deno.test(`buildTargets() refuses ${what}`, () => {
    assert.throws(() => buildTargets(method, options), new BadInput(message));
  });
}
