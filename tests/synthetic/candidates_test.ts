import assert from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import {
  candidates,
  checkRowName,
  ROW_NAMES,
  TABLE_METHODS,
} from "../../lib/synthetic/candidates.ts";
import { checkMethod } from "../../lib/smoothing/parse_method.ts";

const all = TABLE_METHODS.flatMap((name) => candidates(name));

Deno.test("the study's grids have 1, 12, 1, 30, 48 and 120 candidates, 212 in total", () => {
  assert.deepEqual(TABLE_METHODS, [
    "ce",
    "ls",
    "ls-0.2",
    "ils1",
    "ils2",
    "ilsq",
  ]);
  assert.deepEqual(
    TABLE_METHODS.map((name) => candidates(name).length),
    // 12 epsilons; 5 P1 by 6 P2; 12 by 4 temperatures; 30 by 4.
    [1, 12, 1, 5 * 6, 12 * 4, 5 * 6 * 4],
  );
  assert.equal(all.length, 212);
});

Deno.test("every candidate is a method that can be trained, and no two are alike", () => {
  for (const method of all) checkMethod(method);
  assert.equal(new Set(all.map((method) => JSON.stringify(method))).size, 212);
});

Deno.test("the grids have the published first and last candidates", () => {
  const ends = (name: "ls" | "ils1" | "ils2" | "ilsq") => [
    candidates(name)[0],
    candidates(name).at(-1),
  ];
  assert.deepEqual(ends("ls"), [
    { name: "ls", epsilon: 0.001 },
    { name: "ls", epsilon: 0.19 },
  ]);
  assert.deepEqual(candidates("ls-0.2"), [{ name: "ls", epsilon: 0.2 }]);
  assert.deepEqual(ends("ils1"), [
    { name: "ils1", p1: 0.75, p2: 0.75, maxEpsilon: 0.2 },
    { name: "ils1", p1: 0.85, p2: 2, maxEpsilon: 0.2 },
  ]);
  assert.deepEqual(ends("ils2"), [
    { name: "ils2", epsilon: 0.001, temperature: 1 },
    { name: "ils2", epsilon: 0.19, temperature: 6 },
  ]);
  assert.deepEqual(ends("ilsq"), [
    { name: "ilsq", p1: 0.75, p2: 0.75, maxEpsilon: 0.2, temperature: 1 },
    { name: "ilsq", p1: 0.85, p2: 2, maxEpsilon: 0.2, temperature: 6 },
  ]);
});

Deno.test("checkRowName() accepts the eleven rows and refuses others in one line", () => {
  assert.equal(ROW_NAMES.length, 11);
  for (const name of ROW_NAMES) assert.equal(checkRowName(name), name);
  for (const name of ["foo", "", "LS", "toString"]) {
    assert.throws(
      () => checkRowName(name),
      (error) =>
        error instanceof BadInput &&
        error.message.startsWith("Methods must be among bayes, ce, ls, ") &&
        error.message.endsWith(`: current value is ${name}`),
    );
  }
});
