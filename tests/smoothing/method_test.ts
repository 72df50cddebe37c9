import assert from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import {
  METHOD_NAMES,
  type MethodSpec,
  needsTeacher,
  numbersOf,
  trainingNumbers,
  usesTeacherTemperature,
} from "../../lib/smoothing/method.ts";
import type { MethodNumbers } from "../../lib/smoothing/method_numbers.ts";
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

Deno.test("parseMethod() gives ils-shrunk the amount whose settings are given", () => {
  const shape = { shrink: 0.5, temperature: 1 };
  const name = "ils-shrunk";
  const constant = { name, epsilon: 0.1, ...shape };
  assert.deepEqual(parseMethod(name, { epsilon: 0.1 }), constant);
  const quadratic = { name, p1: 0.8, p2: 2, maxEpsilon: 0.2, ...shape };
  assert.deepEqual(parseMethod(name, { p1: 0.8, p2: 2 }), quadratic);
  // Defaults may have both: the given one counts, else the constant amount.
  const defaults = { epsilon: 0.1, p1: 0.9, p2: 2 };
  assert.deepEqual(parseMethod(name, { p1: 0.8 }, defaults), quadratic);
  assert.deepEqual(parseMethod(name, {}, defaults), constant);
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

const ONE_OF = `Method must be one of ${METHOD_NAMES.join(", ")}`;

const REFUSED: readonly [string, MethodNumbers, string][] = [
  ["lsr", {}, `${ONE_OF}: current value is lsr`],
  ["constructor", {}, `${ONE_OF}: current value is constructor`],
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
    "ils-shrunk",
    { shrink: 0.5 },
    "Method ils-shrunk needs epsilon, or p1 and p2",
  ],
  [
    "ils-shrunk",
    { epsilon: 0.1, p1: 0.8, p2: 2 },
    "Method ils-shrunk takes epsilon, or p1 and p2: " +
    "epsilon and p1 exclude each other",
  ],
  [
    "ils-shrunk",
    { epsilon: 0.1, maxEpsilon: 0.3 },
    "Method ils-shrunk takes epsilon, or p1 and p2: " +
    "epsilon and maxEpsilon exclude each other",
  ],
  [
    "ils-shrunk",
    { p1: 0.8 },
    "Method ils-shrunk needs p2: it takes p1, p2, maxEpsilon, shrink, temperature",
  ],
  [
    "ils-shrunk",
    { epsilon: 0.1, lambda: 0.5 },
    "Method ils-shrunk does not use lambda: it takes epsilon, shrink, temperature",
  ],
  [
    "ils-shrunk",
    { epsilon: 0.1, shrink: 1.1 },
    "Cannot smooth labels as shrink must be in [0, 1]: current value is 1.1",
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
        name: "ils-shrunk",
        epsilon: 0.1,
        p1: 0.8,
        shrink: 0.5,
        temperature: 1,
      } as unknown as MethodSpec),
    /epsilon and p1 exclude each other$/,
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

const QUADRATIC = { p1: 0.8, p2: 2, maxEpsilon: 0.2 };
const PROPORTIONAL = {
  epsilon: 0.1,
  temperature: 1,
  scores: "probabilities",
} as const;

/** The first methods, in order, with the settings of `ils train`. */
const FIRST: readonly MethodSpec[] = [
  { name: "ce" },
  { name: "ls", epsilon: 0.1 },
  { name: "cls", epsilon: 0.1, temperature: 1 },
  { name: "ils", ...PROPORTIONAL },
  { name: "ils1", ...QUADRATIC },
  { name: "ils2", epsilon: 0.1, temperature: 1 },
  { name: "ilsq", ...QUADRATIC, temperature: 1 },
  { name: "ils-even", ...PROPORTIONAL },
  { name: "ils-inverse-even", ...PROPORTIONAL },
  { name: "ils-inverse", ...PROPORTIONAL },
  { name: "mix", lambda: 0.5 },
  { name: "self-distillation", lambda: 1, temperature: 1 },
];

Deno.test("METHOD_NAMES keeps the order of the first methods", () => {
  const names = FIRST.map(({ name }) => name);
  assert.deepEqual(METHOD_NAMES.filter((name) => names.includes(name)), names);
});

for (const method of FIRST) {
  Deno.test(`trainingNumbers() has the settings of ${method.name}`, () => {
    const { name } = method;
    assert.deepEqual(parseMethod(name, {}, trainingNumbers(name)), method);
  });
}

Deno.test("trainingNumbers() completes every method", () => {
  for (const name of METHOD_NAMES) {
    const method = parseMethod(name, {}, trainingNumbers(name));
    assert.deepEqual(method, { name, ...trainingNumbers(name) });
    assert.deepEqual(Object.keys(trainingNumbers(name)), numbersOf(name));
    checkMethod(method);
  }
});

Deno.test("of the first methods all but ce and ls need a teacher, and two its temperature", () => {
  const namesOf = (condition: (method: MethodSpec) => boolean) =>
    FIRST.filter(condition).map(({ name }) => name);
  assert.deepEqual(namesOf((method) => !needsTeacher(method)), ["ce", "ls"]);
  assert.deepEqual(namesOf(usesTeacherTemperature), ["ils1", "ilsq"]);
});

Deno.test("ils-shrunk uses the teacher's temperature for its quadratic amount only", () => {
  const uses = [{ epsilon: 0.1 }, { p1: 0.8, p2: 2 }].map((numbers) =>
    usesTeacherTemperature(parseMethod("ils-shrunk", numbers))
  );
  assert.deepEqual(uses, [false, true]);
});

Deno.test("a method that uses the teacher's temperature needs a teacher", () => {
  for (const name of METHOD_NAMES) {
    const method = parseMethod(name, {}, trainingNumbers(name));
    if (usesTeacherTemperature(method)) assert(needsTeacher(method), name);
  }
});
