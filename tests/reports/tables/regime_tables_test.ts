import assert from "node:assert/strict";
import * as tables from "../../../lib/reports/tables/regime_tables.ts";
import { ADVICE, CELL, GAIN, SPREAD, TEST } from "./regime_samples.ts";

/** The rows of a Markdown table, without caption and heading. */
const rowsOf = (table: { markdown(): string }) =>
  table.markdown().trim().split("\n").slice(4);

Deno.test("plainTable() prints means with standard deviations", () => {
  const row = {
    ...CELL,
    ...{ n: 5, temperature: 1.234, temperatureStdev: 0.1 },
    ...{ accuracy: 0.8, accuracyStdev: 0.01 },
    ...{ logLoss: 0.5, logLossStdev: null },
  };
  const table = tables.plainTable([row], "caption");
  assert.match(
    table.markdown(),
    /fitted temperature \| validation accuracy, %/,
  );
  assert.deepEqual(rowsOf(table), [
    "| mlp | 20 % even | 1000 | 5 | 1.23 ± 0.10 | 80.00 ± 1.00 | 0.5000 |",
  ]);
});

Deno.test("chosenTable() has a row per cell and a column per method", () => {
  const scores = { tried: 5, logLoss: 0.5, accuracy: 0.8 };
  const chosen = (images: number, method: string, values: string) => ({
    ...{ ...CELL, images, method, values, ...scores },
    numbers: values ? "epsilon" : "",
  });
  const table = tables.chosenTable([
    chosen(1000, "ls", "0.02*"),
    chosen(1000, "mix", ""),
    chosen(2000, "ls", "0.1"),
  ], "caption");
  assert.match(table.markdown(), /\| images \| ls: epsilon \| mix \|/);
  assert.deepEqual(rowsOf(table), [
    "| mlp | 20 % even | 1000 | 0.02\\* | – |",
    "| mlp | 20 % even | 2000 | 0.1 | – |",
  ]);
});

Deno.test("gainsTable() has the unit of the score, and a verdict", () => {
  const table = tables.gainsTable([
    { ...GAIN, score: "accuracy", gain: 0.01, low: 0.005, high: 0.015 },
    { ...GAIN, gain: -0.02, low: -0.03, high: -0.01 },
    { ...GAIN, gain: 0.02, low: -0.01, high: 0.05 },
  ], "caption");
  assert.deepEqual(
    table.records.map((
      { score, gain, low, high, verdict },
    ) => [score, gain, low, high, verdict]),
    [
      ["accuracy, %", 1, 0.5, 1.5, "better"],
      ["log loss", -0.02, -0.03, -0.01, "worse"],
      ["log loss", 0.02, -0.01, 0.05, "undecided"],
    ],
  );
});

Deno.test("gainSummaryTable() has a row per pair and a column per score", () => {
  const summary = {
    method: "ilsq",
    rival: "ls",
    cells: 9,
    ahead: 7,
    better: 3,
    worse: 1,
  };
  const table = tables.gainSummaryTable([
    { ...summary, score: "logLoss", gain: -0.0123 },
    { ...summary, score: "accuracy", gain: 0.0123 },
    { ...summary, rival: "ce", score: "logLoss", gain: 0 },
  ], "caption");
  assert.match(
    table.markdown(),
    /\| over \| method \| situations \| log loss \|/,
  );
  assert.deepEqual(rowsOf(table), [
    "| ls | ilsq | 9 | −0.0123 (3/1) | +1.23 (3/1) |",
    "| ce | ilsq | 9 | 0.0000 (3/1) | – |",
  ]);
});

Deno.test("ruleTable() shows hit rates; its records have the weights", () => {
  const rule = { test: TEST, spread: SPREAD };
  const table = tables.ruleTable([rule], "caption");
  assert.deepEqual(rowsOf(table), [
    "| ilsq or ls | 2 | 8 | 75 | 50 | 70 | 60 | 90 |",
  ]);
  const [{ imagesWeight, temperatureWeight, accuracyWeight }] = table.records;
  assert.deepEqual(
    [imagesWeight, temperatureWeight, accuracyWeight],
    [0.5, -1.25, 2],
  );
  const constant = { ...rule, test: { ...TEST, model: null } };
  assert.equal(tables.ruleTable([constant], "c").records[0].intercept, null);
});

Deno.test("ruleCellsTable() marks whether the prediction was right", () => {
  const table = tables.ruleCellsTable(TEST, "caption");
  assert.deepEqual(rowsOf(table)[0].split(" | ").slice(3), [
    ...["ilsq", "ls", "1", "4", "−0.0100", "−0.0300", "0.0100 |"],
  ]);
  const tones = table.shown().rows.map((row) => row[4].tone);
  assert.deepEqual(tones, ["bad", "good"]);
});

Deno.test("adviceTable() prints the gain with its interval, or none", () => {
  const rows = rowsOf(tables.adviceTable(ADVICE, "caption"));
  assert.deepEqual(rows, [
    "| mlp | 20 % even | 1000 | ls | 0.500 | 0.480 (mix) | " +
    "0.120 \\[−0.010, 0.250\\] | ls, mix |",
    "| mlp | 20 % even | 2000 | scaled ce | 0.450 | 0.450 (scaled ce) | " +
    "– | scaled ce |",
    "| lenet | none | 1000 | mix | 0.400 | 0.400 (mix) | " +
    "0.090 \\[0.050, 0.130\\] | mix |",
  ]);
});
