/** Probabilities, their logarithms, votes and masked classes. */
import assert from "node:assert/strict";
import { evaluateLogits } from "../../../lib/calibration/evaluate.ts";
import { softmax } from "../../../lib/logits/softmax.ts";
import { logitsOf } from "../../../lib/matrix_kinds.ts";
import { load, refusal, withWriter, type Writer } from "./scores.ts";

const PROBABILITIES = [
  [0.5, 0.25, 0.25],
  [0, 0.75, 0.25],
  [0.25, 0.25, 0.5],
  [0.125, 0.75, 0.125],
  [1, 0, 0],
  [0.5, 0.5, 0],
];
const LABELS = [0, 1, 2, 1, 0, 1];
const scaled = (factor: number) =>
  PROBABILITIES.map((row) => row.map((p) => factor * p));
const logs = PROBABILITIES.map((row) => row.map(Math.log));

/** Flags of rows and of the labels. */
async function flagsOf(
  write: Writer,
  rows: readonly (readonly number[])[],
  ...flags: readonly string[]
): Promise<string[]> {
  return [
    ...["--logits", await write.rows("L.npy", rows)],
    ...["--labels", await write.list("Y.npy", LABELS.slice(0, rows.length))],
    ...flags,
  ];
}

/** What is the same probabilities, with the remark on it. */
const SAME: readonly [string, number[][], string[], RegExp?][] = [
  ["probabilities", PROBABILITIES, ["--probabilities"]],
  ["percentages", scaled(100), ["--probabilities"], /are divided by 100$/],
  [
    "probabilities that sum to 1.0005",
    scaled(1.0005),
    ["--probabilities"],
    /rows are divided by their sums, which differ from 1 by up to 0\.0005$/,
  ],
  ["logarithms of probabilities", logs, ["--log-probabilities"]],
  ["logarithms as logits", logs, []],
  ["counts of votes", scaled(16), ["--votes"]],
  ["logits with any shift", logs.map((row) => row.map((z) => z + 3)), []],
];
for (const [what, rows, flags, remark] of SAME) {
  Deno.test(`loadScores() gives the same probabilities for ${what}`, () =>
    withWriter(async (write) => {
      const found = await load(await flagsOf(write, rows, ...flags));
      const { data } = softmax(found.models[0].logits);
      PROBABILITIES.flat().forEach((p, at) =>
        assert(Math.abs(data[at] - p) < 1e-15, `${at}: ${data[at]}, not ${p}`)
      );
      assert.equal(found.remarks.length, remark === undefined ? 0 : 1);
      if (remark !== undefined) assert.match(found.remarks[0], remark);
    }));
}

/** What looks like no logits, with the start of the message. */
const UNLIKE: readonly [string, number[][], RegExp][] = [
  [
    "probabilities",
    PROBABILITIES,
    /6 of 6 rows look like probabilities .*; give --probabilities if they are, or --as-logits if they are logits$/,
  ],
  [
    "probabilities with an odd row",
    PROBABILITIES.with(3, [5, -2, 1]),
    /5 of 6 rows look like probabilities /,
  ],
  [
    "rounded probabilities",
    PROBABILITIES.map(() => [0.33, 0.33, 0.33]),
    /6 of 6 rows look like probabilities /,
  ],
  [
    "one-hot rows",
    PROBABILITIES.map(() => [0, 1, 0]),
    /look like probabilities /,
  ],
  [
    "percentages",
    scaled(100),
    /6 of 6 rows look like percentages .*; give --probabilities if/,
  ],
  [
    "counts of votes",
    scaled(16),
    /6 of 6 rows look like counts of votes .*; give --votes if they are/,
  ],
  [
    "outputs of a sigmoid",
    PROBABILITIES.map(([p, q]) => [p, q, 0.9]).with(0, [0.1, 0.2, 0.3]),
    /6 of 6 rows look like outputs of a sigmoid .*; give the values in front of the sigmoid if they are, or --as-logits/,
  ],
];
for (const [what, rows, message] of UNLIKE) {
  Deno.test(`loadScores() refuses ${what} without a flag, in every file`, () =>
    withWriter(async (write) => {
      assert.match(await refusal(await flagsOf(write, rows)), message);
      const good = await flagsOf(write, logs);
      const bad = await write.rows("odd.npy", rows);
      const labels = good[3];
      const asValidation = ["--val-logits", bad, "--val-labels", labels];
      const asOther = ["--also", `odd=${bad},${labels}`];
      for (const more of [asValidation, asOther]) {
        const found = await refusal([...good, ...more]);
        assert.match(found, message);
        assert(found.startsWith(`${bad}: `), found);
      }
      assert.equal(
        await refusal(await flagsOf(write, rows, "--as-logits")),
        "accepted",
      );
    }));
}

Deno.test("logits near 0 and cosine similarities of either sign are logits", () =>
  withWriter(async (write) => {
    for (
      const rows of [
        [[2, 0, 1], [0, 3, 1], [1, 0, 0.5], [3, 0, 0]],
        [[0.2, -0.1, 0.1], [0.1, 0.3, -0.2], [0, -0.3, 0.3], [-0.1, 0.2, 0]],
      ]
    ) {
      assert.equal(await refusal(await flagsOf(write, rows)), "accepted");
    }
  }));

const WRONG: readonly [string, number[][], string[], RegExp][] = [
  [
    "a row that sums to 1.002",
    PROBABILITIES.with(2, [0.25, 0.25, 0.502]),
    ["--probabilities"],
    /L\.npy: Cannot take rows as probabilities as row 2 \(from 0\) sums to 1\.002 but must sum to 1 within 0\.001; divide rounded rows by their sums$/,
  ],
  [
    "a row that sums to 2",
    PROBABILITIES.with(2, [0.25, 0.25, 1.5]),
    ["--probabilities"],
    /row 2 \(from 0\) sums to 2 but must sum to 1 within 0\.001$/,
  ],
  [
    "a row without any class",
    logs.with(4, [-Infinity, -Infinity, -Infinity]),
    ["--floor", "0.01"],
    /^Cannot read scores from .*L\.npy: row 4 \(from 0\) is -Infinity in all columns but must have a finite number$/,
  ],
  [
    "a negative probability",
    PROBABILITIES.with(1, [-0.25, 1, 0.25]),
    ["--probabilities"],
    /row 1 \(from 0\) contains -0\.25 but must be at least 0$/,
  ],
  [
    "logarithms that do not sum to 1",
    logs.with(0, [0, 0, 0]),
    ["--log-probabilities"],
    /as those of row 0 \(from 0\) sum to 3 but must sum to 1 within 0\.001$/,
  ],
  [
    "a row without votes",
    scaled(16).with(4, [0, 0, 0]),
    ["--votes"],
    /as row 4 \(from 0\) sums to 0 but must have votes$/,
  ],
  [
    "NaN",
    logs.with(1, [0, NaN, 1]),
    [],
    /row 1, column 1 \(from 0\) is NaN but must be finite$/,
  ],
  [
    "Infinity",
    logs.with(1, [0, 1, Infinity]),
    [],
    /row 1, column 2 \(from 0\) is Infinity but must be finite$/,
  ],
  [
    "two kinds",
    logs,
    ["--votes", "--probabilities"],
    /^--probabilities and --votes exclude each other$/,
  ],
  [
    "votes of one column",
    logs,
    ["--votes", "--binary"],
    /^--votes and --binary exclude each other: /,
  ],
  [
    "several columns as one",
    logs,
    ["--binary"],
    /its shape is \(6, 3\) but must be \(rows,\) or \(rows, 1\) with --binary$/,
  ],
];
for (const [what, rows, flags, message] of WRONG) {
  Deno.test(`loadScores() refuses ${what}`, () =>
    withWriter(async (write) => {
      assert.match(
        await refusal(await flagsOf(write, rows, ...flags)),
        message,
      );
    }));
}

Deno.test("a label with probability 0 is refused by name, unless --floor raises it", () =>
  withWriter(async (write) => {
    for (
      const [rows, flags] of [
        [PROBABILITIES, ["--probabilities"]],
        [logs, []],
        [scaled(16), ["--votes"]],
      ] as const
    ) {
      const args = await flagsOf(write, rows.with(0, [...rows[4]]), ...flags);
      const labels = await write.list("wrong.npy", [1, ...LABELS.slice(1)]);
      const wrong = args.with(3, labels);
      assert.match(
        await refusal(wrong),
        /L\.npy: row 0 \(from 0\) has label 1, whose probability is 0, so that the log loss is infinite; --floor P raises probabilities below P to P$/,
      );
      const { models: [{ logits }], ...found } = await load(
        [...wrong, "--floor", "0.01"],
      );
      const { plain } = evaluateLogits(logits, found.labels, { bins: 10 });
      // Rows 0 and 4 become 1, 0.01, 0.01 of 1.02; rows 1 and 5 have one 0.01.
      const expected = [
        0.01 / 1.02,
        0.75 / 1.01,
        0.5,
        0.75,
        1 / 1.02,
        0.5 / 1.01,
      ];
      const sum = expected.reduce((total, p) => total - Math.log(p), 0);
      assert(Math.abs(plain.logLoss - sum / 6) < 1e-14);
    }
  }));

Deno.test("one column of probabilities, logarithms or logits is two classes with --binary", () =>
  withWriter(async (write) => {
    const p = [0.25, 0.5, 0.875, 0.125];
    const labels = await write.list("Y.npy", [0, 1, 1, 0]);
    const columns: [number[], string[]][] = [
      [p, ["--probabilities"]],
      [p.map(Math.log), ["--log-probabilities"]],
      [p.map((p) => Math.log(p / (1 - p))), []],
    ];
    for (const [values, flags] of columns) {
      const path = await write.list("P.npy", Float64Array.from(values));
      const { models: [{ logits }] } = await load([
        ...["--logits", path, "--labels", labels, "--binary", ...flags],
      ]);
      const { data } = softmax(logits);
      p.forEach((p, i) => assert(Math.abs(data[2 * i + 1] - p) < 1e-15));
    }
    const path = await write.list("P.npy", Float64Array.from(p));
    const bare = ["--logits", path, "--labels", labels];
    assert.match(await refusal(bare), /; --binary takes the scores of class 1/);
    assert.match(
      await refusal([...bare, "--binary"]),
      /4 of 4 rows look like outputs of a sigmoid .*; give --binary --probabilities if they are/,
    );
    const high = await write.list("P.npy", Float64Array.of(0.5, 1.5, 0.2, 0.1));
    assert.match(
      await refusal([
        ...["--logits", high, "--labels", labels, "--binary"],
        "--probabilities",
      ]),
      /row 1 \(from 0\) is 1\.5 but must be in \[0, 1\]$/,
    );
  }));

Deno.test("percentages with one decimal may sum to 99.9 or 100.1", () =>
  withWriter(async (write) => {
    const rows = [[33.3, 33.3, 33.3], [50.1, 30, 20], [10, 30, 60]];
    const { models: [{ logits }], remarks } = await load(
      await flagsOf(write, rows, "--probabilities"),
    );
    const { data } = softmax(logits);
    assert(Math.abs(data[0] - 1 / 3) < 1e-15);
    assert(Math.abs(data[3] - 50.1 / 100.1) < 1e-15);
    assert.match(remarks.join(), /differ from 1 by up to 0\.001/);
  }));

Deno.test("one column of logits may be -Infinity with --binary", () =>
  withWriter(async (write) => {
    const path = await write.list("L.npy", Float64Array.of(-Infinity, 2, 0, 1));
    const labels = await write.list("Y.npy", [0, 1, 1, 0]);
    const { models: [{ logits }] } = await load([
      ...["--logits", path, "--labels", labels, "--binary"],
    ]);
    assert.deepEqual([...softmax(logits).data].slice(0, 2), [1, 0]);
  }));

Deno.test("masked classes at -Infinity change nothing for the others", () =>
  withWriter(async (write) => {
    const rows = [[2, 1, 0], [0, 3, 1], [1, 0, 0.5]];
    const masked = rows.map((row) => [...row, -Infinity]);
    const plainOf = async (rows: number[][]) => {
      const { models: [{ logits }], labels } = await load(
        await flagsOf(write, rows),
      );
      return evaluateLogits(logits, labels, { bins: 5 }).plain;
    };
    const [with4, with3] = [await plainOf(masked), await plainOf(rows)];
    assert.equal(with4.logLoss, with3.logLoss);
    assert.equal(with4.ece, with3.ece);
    assert.equal(
      with4.logLoss,
      evaluateLogits(logitsOf(rows), Int32Array.of(0, 1, 2), { bins: 5 })
        .plain.logLoss,
    );
  }));
