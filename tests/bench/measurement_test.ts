import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { goalOf, isMet } from "../../bench/support/goals.ts";
import {
  compare,
  MEASUREMENTS,
  medians,
} from "../../bench/support/measurement.ts";
import { measurementText } from "../../bench/support/measurement_table.ts";

const STEP = {
  work: "training step",
  size: "lenet, batch 128",
  unit: "ms",
} as const;

Deno.test("compare() takes the peer with the lowest median time", () => {
  const peers = new Map([["eager", [9, 9, 9]], ["compiled", [1, 8, 8]]]);
  const measurement = compare(STEP, { ours: [4, 4, 2], peers });
  deepStrictEqual(measurement, {
    ...STEP,
    ours: 4,
    peer: 8,
    peerName: "compiled",
    ratio: 8 / 4,
    low: 1 / 4,
    high: 8 / 2,
  });
  deepStrictEqual(MEASUREMENTS.parse([measurement]), [measurement]);
});

Deno.test("compare() takes the highest rate, and a faster program of ours has a ratio above 1", () => {
  const peers = new Map([["slow", [10, 30]], ["fast", [40, 60]]]);
  const rate = { ...STEP, unit: "steps/s" } as const;
  const { peerName, peer, ratio, low, high } = compare(rate, {
    ours: [100, 90],
    peers,
  });
  deepStrictEqual([peerName, peer], ["fast", 50]);
  deepStrictEqual([ratio, low, high], [95 / 50, 90 / 60, 100 / 40]);
});

Deno.test("compare() gives memory as an amount relative to the smallest peer", () => {
  const peers = new Map([["large", [2000]], ["small", [1000]]]);
  const memory = { ...STEP, unit: "MB" } as const;
  const { ratio, peerName } = compare(memory, { ours: [1100], peers });
  deepStrictEqual([ratio, peerName], [1.1, "small"]);
});

Deno.test("compare() without peers has no ratio", () => {
  const measurement = compare(STEP, { ours: [3], peers: new Map() });
  deepStrictEqual(
    [measurement.peer, measurement.ratio, measurement.low, measurement.high],
    [null, null, null, null],
  );
  strictEqual(isMet(measurement), undefined);
});

Deno.test("medians() lists every program", () => {
  const rounds = { ours: [1, 2, 9], peers: new Map([["NCHW", [4, 5]]]) };
  strictEqual(medians(rounds), "ours 2, NCHW 4.5");
});

Deno.test("goalOf() finds the goal of a network by the first word of the size", () => {
  deepStrictEqual(goalOf(STEP), { atLeast: 1.2 });
  deepStrictEqual(goalOf({ work: "peak memory", size: "any" }), {
    atMost: 1.1,
  });
  strictEqual(goalOf({ work: "another", size: "lenet" }), undefined);
});

Deno.test("a goal is missed just below its limit and met at it", () => {
  const at = (ratio: number, work: string = STEP.work) =>
    isMet({ ...compare(STEP, { ours: [1], peers: new Map() }), work, ratio });
  deepStrictEqual([at(1.199), at(1.2)], [false, true]);
  deepStrictEqual(
    [at(1.101, "peak memory"), at(1.1, "peak memory")],
    [false, true],
  );
});

Deno.test("the table has a line per measurement, with its goal and outcome", () => {
  const peers = new Map([["NCHW", [1234.5, 1234.5]]]);
  const text = measurementText([
    compare(STEP, { ours: [1000, 2000], peers }),
    compare({ ...STEP, work: "other" }, { ours: [0.01234], peers: new Map() }),
  ]);
  strictEqual(
    text,
    [
      "work           size                ours  peer  unit  best peer  ratio  low–high   goal   outcome",
      "training step  lenet, batch 128    1500  1235  ms    NCHW        0.82  0.62–1.23  ≥ 1.2  missed",
      "other          lenet, batch 128  0.0123     –  ms    –              –  –          –      –",
      "",
    ].join("\n"),
  );
});
