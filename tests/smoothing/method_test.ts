import assert from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import {
  METHOD_NAMES,
  type MethodNumbers,
  type MethodSpec,
  needsTeacher,
  trainingNumbers,
  usesTeacherTemperature,
} from "../../lib/smoothing/method.ts";
import { checkMethod, parseMethod } from "../../lib/smoothing/parse_method.ts";

Deno.test("parseMethod() has defaults for temperature, scores and maxEpsilon", () => {
  assert.deepEqual(parseMethod("ils", { epsilon: 0.1 }), {
    name: "ils",
    epsilon: 0.1,
    temperature: 1,
    scores: "probabilities",
  });
  assert.deepEqual(parseMethod("ilsq", { p1: 0.8, p2: 2 }), {
    name: "ilsq",
    p1: 0.8,
    p2: 2,
    maxEpsilon: 0.2,
    temperature: 1,
  });
});

Deno.test("parseMethod() prefers settings to the caller's defaults", () => {
  const defaults = { epsilon: 0.1, p1: 0.8, p2: 2 };
  assert.deepEqual(parseMethod("ls", {}, defaults), {
    name: "ls",
    epsilon: 0.1,
  });
  assert.deepEqual(parseMethod("ls", { epsilon: 0 }, defaults), {
    name: "ls",
    epsilon: 0,
  });
  assert.deepEqual(parseMethod("ce", {}, defaults), { name: "ce" });
});

const REFUSED: readonly [string, MethodNumbers, string][] = [
  [
    "lsr",
    {},
    "Method must be one of ce, ls, cls, ils, ils1, ils2, ilsq, ils-even, " +
    "ils-inverse-even, ils-inverse, mix, self-distillation: current value is " +
    "lsr",
  ],
  [
    "constructor",
    {},
    "Method must be one of ce, ls, cls, ils, ils1, ils2, " +
    "ilsq, ils-even, ils-inverse-even, ils-inverse, mix, self-distillation: " +
    "current value is constructor",
  ],
  ["ls", {}, "Method ls needs epsilon: it takes epsilon"],
  [
    "ils1",
    { p1: 0.8 },
    "Method ils1 needs p2: it takes p1, p2, maxEpsilon",
  ],
  ["mix", {}, "Method mix needs lambda: it takes lambda"],
  [
    "mix",
    { lambda: 0.5, temperature: 2 },
    "Method mix does not use temperature: it takes lambda",
  ],
  [
    "self-distillation",
    { temperature: 2 },
    "Method self-distillation needs lambda: it takes lambda, temperature",
  ],
  [
    "self-distillation",
    { lambda: 1, temperature: Infinity },
    "Cannot smooth labels as temperature must be in (0, Infinity): " +
    "current value is Infinity",
  ],
  [
    "mix",
    { lambda: 0.5, epsilon: 0.1 },
    "Method mix does not use epsilon: it takes lambda",
  ],
  [
    "mix",
    { lambda: 1.1 },
    "Cannot smooth labels as lambda must be in [0, 1]: current value is 1.1",
  ],
  [
    "ce",
    { epsilon: 0.1 },
    "Method ce does not use epsilon: it takes no settings",
  ],
  [
    "ls",
    { epsilon: 0.1, temperature: 2 },
    "Method ls does not use temperature: it takes epsilon",
  ],
  [
    "ils2",
    { epsilon: 0.1, maxEpsilon: 0.2 },
    "Method ils2 does not use maxEpsilon: it takes epsilon, temperature",
  ],
  [
    "ls",
    { epsilon: 1.2 },
    "Cannot smooth labels as epsilon must be in [0, 1): current value is 1.2",
  ],
  [
    "ls",
    { epsilon: 1 },
    "Cannot smooth labels as epsilon must be in [0, 1): current value is 1",
  ],
  [
    "ls",
    { epsilon: -0.1 },
    "Cannot smooth labels as epsilon must be in [0, 1): current value is -0.1",
  ],
  [
    "ls",
    { epsilon: NaN },
    "Cannot smooth labels as epsilon must be in [0, 1): current value is NaN",
  ],
  [
    "ils",
    { epsilon: 0.1, temperature: 0 },
    "Cannot smooth labels as temperature must be in (0, Infinity): current value is 0",
  ],
  [
    "ils1",
    { p1: 1.1, p2: 2 },
    "Cannot smooth labels as p1 must be in [0, 1]: current value is 1.1",
  ],
  [
    "ils1",
    { p1: 0.8, p2: -1 },
    "Cannot smooth labels as p2 must be in [0, Infinity): current value is -1",
  ],
  [
    "ils1",
    { p1: 0.8, p2: 2, maxEpsilon: 1 },
    "Cannot smooth labels as maxEpsilon must be in [0, 1): current value is 1",
  ],
  [
    "ils",
    { epsilon: 0.1, scores: "logits" },
    "Cannot smooth labels as scores must be probabilities or shifted-logits: " +
    "current value is logits",
  ],
  [
    "ils",
    { epsilon: 0.1, scores: "shifted-logits", temperature: 1 },
    "Method ils does not use temperature with scores shifted-logits: current value is 1",
  ],
];

for (const [name, numbers, message] of REFUSED) {
  Deno.test(`parseMethod() refuses ${name} with ${JSON.stringify(numbers)}`, () => {
    assert.throws(() => parseMethod(name, numbers), new BadInput(message));
  });
}

Deno.test("checkMethod() refuses unknown and missing keys", () => {
  assert.throws(
    () => checkMethod({ name: "ls", eps: 0.1 } as unknown as MethodSpec),
    new BadInput("Method ls must have epsilon: epsilon is missing"),
  );
  assert.throws(
    () => checkMethod({ name: "ce", eps: 0.1 } as unknown as MethodSpec),
    new BadInput("Method ce has an unknown key eps: allowed are none"),
  );
  assert.throws(
    () =>
      checkMethod({
        name: "ils",
        epsilon: 0.1,
        temperature: 2,
        scores: "shifted-logits",
      }),
    new BadInput(
      "Method ils takes no temperature with shifted-logits: current value is 2",
    ),
  );
});

Deno.test("trainingNumbers() completes every method", () => {
  const methods = METHOD_NAMES.map((name) =>
    parseMethod(name, {}, trainingNumbers(name))
  );
  const quadratic = { p1: 0.8, p2: 2, maxEpsilon: 0.2 };
  const proportional = {
    epsilon: 0.1,
    temperature: 1,
    scores: "probabilities",
  };
  assert.deepEqual(methods, [
    { name: "ce" },
    { name: "ls", epsilon: 0.1 },
    { name: "cls", epsilon: 0.1, temperature: 1 },
    { name: "ils", ...proportional },
    { name: "ils1", ...quadratic },
    { name: "ils2", epsilon: 0.1, temperature: 1 },
    { name: "ilsq", ...quadratic, temperature: 1 },
    { name: "ils-even", ...proportional },
    { name: "ils-inverse-even", ...proportional },
    { name: "ils-inverse", ...proportional },
    { name: "mix", lambda: 0.5 },
    { name: "self-distillation", lambda: 1, temperature: 1 },
  ]);
});

Deno.test("all methods but ce and ls need a teacher, and two its temperature", () => {
  const numbers = { epsilon: 0.1, p1: 0.8, p2: 2, lambda: 1 };
  const methods = METHOD_NAMES.map((name) => parseMethod(name, {}, numbers));
  const namesOf = (condition: (method: MethodSpec) => boolean) =>
    methods.filter(condition).map(({ name }) => name);
  assert.deepEqual(namesOf((method) => !needsTeacher(method)), ["ce", "ls"]);
  assert.deepEqual(namesOf(usesTeacherTemperature), ["ils1", "ilsq"]);
});
