import assert from "node:assert/strict";
import {
  checkSchedule,
  learningRateAt,
  type Schedule,
} from "../../lib/training/schedule.ts";

const SCHEDULE: Schedule = {
  learningRate: 1,
  milestones: [0.3, 0.6],
  gamma: 0.1,
};

Deno.test("learningRateAt() falls at each milestone and stays there", () => {
  const rates = (epochs: number) =>
    Array.from(
      { length: epochs },
      (_, e) => learningRateAt(SCHEDULE, e, epochs),
    );
  assert.deepEqual(rates(10), [
    ...[1, 1, 1],
    ...[0.1, 0.1, 0.1],
    ...new Array(4).fill(0.1 ** 2),
  ]);
  // 0.07 * 100 is a little more than 7 in floating point.
  const early = { ...SCHEDULE, milestones: [0.07] };
  assert.deepEqual([6, 7].map((e) => learningRateAt(early, e, 100)), [1, 0.1]);
  assert.deepEqual(rates(5), [1, 1, 0.1, 0.1 ** 2, 0.1 ** 2]);
});

Deno.test("learningRateAt() does not lower the rate of the first epoch", () => {
  assert.equal(learningRateAt(SCHEDULE, 0, 1), 1);
});

Deno.test("checkSchedule() accepts a constant rate", () => {
  checkSchedule({ learningRate: 0.1, milestones: [], gamma: 1 });
});

const REFUSED: [Partial<Schedule>, string][] = [
  [
    { learningRate: 0 },
    "learningRate must be in (0, Infinity): " +
    "current value is 0",
  ],
  [
    { learningRate: Infinity },
    "learningRate must be in (0, Infinity): " +
    "current value is Infinity",
  ],
  [{ gamma: 0 }, "gamma must be in (0, 1]: current value is 0"],
  [{ gamma: 1.5 }, "gamma must be in (0, 1]: current value is 1.5"],
  [{ milestones: [0] }, "milestones must be in (0, 1): current value is 0"],
  [
    { milestones: [0.5, 1] },
    "milestones must be in (0, 1): current value is 1",
  ],
  [
    { milestones: [0.5, 0.5] },
    "milestones must increase: current value is " +
    "0.5, 0.5",
  ],
];

for (const [change, message] of REFUSED) {
  Deno.test(`checkSchedule() refuses ${JSON.stringify(change)}`, () => {
    assert.throws(() => checkSchedule({ ...SCHEDULE, ...change }), {
      name: "BadInput",
      message,
    });
  });
}
