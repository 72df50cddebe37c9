import assert from "node:assert/strict";
import { summarise } from "../../../lib/reports/tables/summarise.ts";
import {
  mean,
  sampleStandardDeviation,
} from "../../../lib/statistics/summary.ts";

const RECORDS = [
  { method: "ls", scaled: false, ece: 2, accuracy: 0.5 },
  { method: "ce", scaled: false, ece: 1, accuracy: 0.7 },
  { method: "ls", scaled: false, ece: 4, accuracy: 0.9 },
  { method: "ls", scaled: true, ece: 7, accuracy: 0.6 },
  { method: "ls", scaled: false, ece: 6, accuracy: 0.7 },
];

Deno.test("summarise() returns mean and sample standard deviation of each group", () => {
  const rows = summarise(RECORDS, {
    by: ["method", "scaled"],
    values: ["ece"],
  });
  // The variance of 2, 4, 6 is (4 + 0 + 4) / 2 = 4.
  assert.deepEqual(rows, [
    { method: "ls", scaled: false, n: 3, ece: 4, eceStdev: 2 },
    { method: "ce", scaled: false, n: 1, ece: 1, eceStdev: null },
    { method: "ls", scaled: true, n: 1, ece: 7, eceStdev: null },
  ]);
});

Deno.test("summarise() agrees with the standard deviation in figures", () => {
  const values = ["ece", "accuracy"];
  const [row] = summarise(RECORDS, { by: [], values });
  for (const key of values as ("ece" | "accuracy")[]) {
    const column = RECORDS.map((r) => r[key]);
    const stdev = sampleStandardDeviation(column);
    assert.equal(row.n, column.length);
    assert.ok(Math.abs(row[key] as number - mean(column)) < 1e-12);
    assert.ok(Math.abs(row[`${key}Stdev`] as number - stdev) < 1e-12);
  }
});

Deno.test("summarise() separates groups whose keys look alike when joined", () => {
  const by = ["a", "b"];
  const rows = summarise([
    { a: "x-y", b: "z", v: 1 },
    { a: "x", b: "y-z", v: 2 },
    { a: "1", b: "", v: 3 },
    { a: 1, b: "", v: 4 },
  ], { by, values: ["v"] });
  assert.deepEqual(rows.map(({ a, b, v }) => [a, b, v]), [
    ["x-y", "z", 1],
    ["x", "y-z", 2],
    ["1", "", 3],
    [1, "", 4],
  ]);
});

Deno.test("summarise() accepts any column name", () => {
  const [row] = summarise([{ "group": "a", "v0_mean": 3 }], {
    by: ["group"],
    values: ["v0_mean"],
  });
  assert.deepEqual(row, { group: "a", n: 1, v0_mean: 3, v0_meanStdev: null });
});

Deno.test("summarise() keeps small fractions in columns that begin with an integer", () => {
  const records = [1, 0.25, 1e-9].map((v) => ({ v }));
  const [row] = summarise(records, { by: [], values: ["v"] });
  assert.ok(Math.abs(row.v as number - 1.250000001 / 3) < 1e-15);
});

Deno.test("summarise() refuses values that are not numbers and missing keys", () => {
  const values = ["ece"];
  assert.throws(() => summarise([{ ece: NaN }], { by: [], values }), {
    name: "BadInput",
    message: "Cannot summarise ece as it must be a finite number in each " +
      "record: record 0 has null",
  });
  assert.throws(() => summarise([{}], { by: [], values }), {
    message: /record 0 has none$/,
  });
  assert.throws(() => summarise([{ ece: 1 }], { by: ["method"], values }), {
    message: "Cannot group by method as record 0 has no such key",
  });
  assert.throws(() => summarise([{ n: 1 }], { by: ["n"], values }), {
    message: "Cannot summarise n as the number of records takes that name",
  });
});

Deno.test("summarise() of no records returns none", () => {
  assert.deepEqual(summarise([], { by: ["method"], values: ["ece"] }), []);
});
