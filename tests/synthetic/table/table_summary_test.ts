import assert from "node:assert/strict";
import {
  scoresOfRow,
  summariseChosen,
  summariseTable,
  TABLE_SCORES,
} from "../../../lib/synthetic/table/table_summary.ts";
import { assertClose } from "../../calibration/close.ts";
import { tableRecord } from "../records.ts";

const RECORDS = [
  tableRecord(4, [
    { method: "ce", logLoss: 0.5, accuracySparse: 0.6, accuracyDense: null },
    { method: "ls", logLoss: 0.4, epsilon: 0.01, epochs: 20 },
    {
      method: "ls",
      bound: "wide",
      logLoss: 0.3,
      epsilon: 0.05,
      temperature: 0.9,
    },
  ]),
  tableRecord(5, [
    { method: "ce", logLoss: 0.7, accuracySparse: null, accuracyDense: null },
    { method: "ls", logLoss: 0.4, epsilon: 0.03, epochs: 50 },
    {
      method: "ls",
      bound: "wide",
      logLoss: 0.6,
      epsilon: 0.09,
      temperature: 0.5,
    },
  ]),
];

Deno.test("summariseTable() has the mean of each score and its standard error", () => {
  const [ce, ls, scaled] = summariseTable(RECORDS);
  assert.equal(ce.n, 2);
  assertClose(ce.logLoss!, 0.6);
  // Deviations of 0.1 on either side: sqrt(2 * 0.01 / 1) / sqrt(2).
  assertClose(ce.logLossSe!, 0.1);
  assert.deepEqual([ls.logLoss, ls.logLossSe], [0.4, 0]);
  assertClose(scaled.logLoss!, 0.45);
  assertClose(scaled.logLossSe!, 0.15);
  assertClose(scaled.temperature!, 0.7);
  assertClose(scaled.temperatureSe!, 0.2);
});

Deno.test("summariseTable() keeps only the rows' order, names and bounds", () => {
  const rows = summariseTable(RECORDS);
  assert.deepEqual(
    rows.map(({ method, scaled, bound }) => [method, scaled, bound]),
    [["ce", false, null], ["ls", false, null], ["ls", true, "wide"]],
  );
  const scores = TABLE_SCORES.flatMap((name) => [name, `${name}Se`]);
  assert.equal(scores.length, 18);
  for (const row of rows) {
    assert.deepEqual(Object.keys(row), [
      ...["method", "scaled", "bound", "n"],
      ...scores,
    ]);
  }
});

Deno.test("summariseTable() averages a score over the data sets that have it", () => {
  const [ce] = summariseTable(RECORDS);
  assert.deepEqual([ce.accuracySparse, ce.accuracySparseSe], [0.6, null]);
  assert.deepEqual([ce.accuracyDense, ce.accuracyDenseSe], [null, null]);
});

Deno.test("summariseTable() has no standard error for a single data set", () => {
  const [, ls] = summariseTable(RECORDS.slice(0, 1));
  assert.deepEqual([ls.n, ls.logLoss, ls.logLossSe], [1, 0.4, null]);
});

Deno.test("scoresOfRow() finds a row by method and bound, data set by data set", () => {
  const of = (bound: null | "wide") =>
    scoresOfRow(RECORDS, { method: "ls", bound }, "logLoss");
  assert.deepEqual(of(null), [0.4, 0.4]);
  assert.deepEqual(of("wide"), [0.3, 0.6]);
});

Deno.test("scoresOfRow() names the data set that lacks a row or a number", () => {
  assert.throws(
    () => scoresOfRow(RECORDS, { method: "ce", bound: "wide" }, "ece"),
    new RangeError("Data set 4 has no ece for ce"),
  );
  assert.throws(
    () => scoresOfRow(RECORDS, { method: "ce", bound: null }, "accuracySparse"),
    new RangeError("Data set 5 has no accuracySparse for ce"),
  );
});

Deno.test("summariseChosen() averages the chosen hyperparameters, null if there are none", () => {
  const [ce, ls, scaled] = summariseChosen(RECORDS);
  const none = { p1: null, p2: null, shapeTemperature: null };
  assert.deepEqual(ce, {
    method: "ce",
    scaled: false,
    bound: null,
    epsilon: null,
    ...none,
    epochs: 40,
  });
  assert.deepEqual({ ...ls, epsilon: 0.02 }, {
    method: "ls",
    scaled: false,
    bound: null,
    epsilon: 0.02,
    ...none,
    epochs: 35,
  });
  assertClose(ls.epsilon!, (0.01 + 0.03) / 2);
  assertClose(scaled.epsilon!, (0.05 + 0.09) / 2);
});
