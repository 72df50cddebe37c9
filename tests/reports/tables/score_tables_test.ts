import assert from "node:assert/strict";
import { BadInput } from "../../../lib/bad_input.ts";
import {
  differenceTable,
  scalingTable,
} from "../../../lib/reports/tables/difference_table.ts";
import { scoreFigure } from "../../../lib/reports/figures/score_figure.ts";
import { scoresOf } from "../../../lib/statistics/paired_scores.ts";
import { scoreTable } from "../../../lib/reports/tables/score_table.ts";

/** Two methods, three seeds; deliberately not in order. */
const RECORDS = [
  { method: "ce", seed: 2, scaled: false, accuracy: 0.81, logLoss: 0.5 },
  { method: "ce", seed: 1, scaled: false, accuracy: 0.8, logLoss: 0.4 },
  { method: "ce", seed: 3, scaled: false, accuracy: 0.82, logLoss: 0.6 },
  { method: "ls", seed: 1, scaled: false, accuracy: 0.9, logLoss: 0.3 },
  { method: "ls", seed: 2, scaled: false, accuracy: 0.91, logLoss: 0.41 },
  { method: "ls", seed: 3, scaled: false, accuracy: 0.92, logLoss: 0.49 },
];

Deno.test("scoreTable() prints mean ± stdev in the score's unit, best in bold", () => {
  const table = scoreTable(RECORDS, {
    by: ["method"],
    scores: ["accuracy", "logLoss"],
    caption: "Scores",
  });
  const markdown = table.markdown();
  assert.match(
    markdown,
    /\| ce \| 3 \| 81\.00 ± 1\.00 \| 0\.5000 ± 0\.1000 \|/,
  );
  assert.match(markdown, /\| ls \| 3 \| \*\*91\.00 ± 1\.00\*\* \|/);
  assert.match(markdown, /\*\*0\.4000 ± 0\.0954\*\*/);
});

Deno.test("scoresOf() returns a method's scores in the order of seeds", () => {
  const key = { method: "ce", scaled: false };
  assert.deepEqual(
    scoresOf(RECORDS, { ...key, score: "logLoss" }),
    [0.4, 0.5, 0.6],
  );
  assert.throws(
    () => scoresOf(RECORDS, { ...key, score: "ece" }),
    /Cannot find ece in a record of ce/,
  );
});

Deno.test("differenceTable() pairs by seed and gives a verdict", () => {
  const { records } = differenceTable(RECORDS, {
    pairs: [["ls", "ce"]],
    scores: ["logLoss", "accuracy"],
    caption: "Pairs",
  });
  const [loss, accuracy] = records;
  // Differences -0.10, -0.09, -0.11: mean -0.1, standard error 0.01 / sqrt(3);
  // Student's t for 2 degrees of freedom at 97.5 % is 4.3027.
  assert(Math.abs(loss.mean as number + 0.1) < 1e-12);
  const half = 4.3027 * 0.01 / Math.sqrt(3);
  assert(Math.abs(loss.high as number - (-0.1 + half)) < 1e-5);
  assert.equal(loss.verdict, "better");
  assert.equal(accuracy.score, "accuracy, %");
  assert.equal(accuracy.verdict, "better");
});

Deno.test("differenceTable() refuses methods with different seeds", () => {
  const other = RECORDS.map((record) =>
    record.method === "ls" && record.seed === 3
      ? { ...record, seed: 4 }
      : record
  );
  assert.throws(
    () =>
      differenceTable(other, {
        pairs: [["ls", "ce"]],
        scores: ["logLoss"],
        caption: "Pairs",
      }),
    new BadInput(
      "Cannot pair ls with ce as they need the same seeds: ls has 1, 2, 4, " +
        "ce has 1, 2, 3",
    ),
  );
});

Deno.test("differenceTable() is undecided if the interval contains 0", () => {
  const wide = RECORDS.map((record) =>
    record.method === "ls" && record.seed === 1
      ? { ...record, logLoss: 0.9 }
      : record
  );
  const { records: [row] } = differenceTable(wide, {
    pairs: [["ls", "ce"]],
    scores: ["logLoss"],
    caption: "Pairs",
  });
  assert.equal(row.verdict, "undecided");
});

Deno.test("scoreFigure() shows a score in its unit and names the better direction", () => {
  const { svg, ariaLabel } = scoreFigure(RECORDS, "accuracy");
  assert.match(ariaLabel, /accuracy, % by method: CE 81\.00 ± 1\.00/);
  assert.match(svg, /higher is better/);
});

Deno.test("scalingTable() subtracts the unscaled records from the scaled ones", () => {
  const scaled = RECORDS.map((record) => ({
    ...record,
    scaled: true,
    accuracy: record.accuracy - 0.01 * record.seed,
  }));
  const { records } = scalingTable([...RECORDS, ...scaled], {
    scores: ["accuracy"],
    caption: "Scaling",
  });
  assert.deepEqual(records.map(({ method }) => method), ["ce", "ls"]);
  // 1, 2 and 3 points less: mean -2, standard error 1 / sqrt(3).
  assert(Math.abs(records[0].mean as number + 2) < 1e-9);
  assert(Math.abs(records[0].low as number + 2 + 4.3027 / Math.sqrt(3)) < 1e-3);
  assert.equal(records[0].verdict, "undecided");
});

Deno.test("tables of differences state how many seeds would decide", () => {
  const scaled = RECORDS.map((record) => ({
    ...record,
    scaled: true,
    // 1, 2 and 3 points less: the spread is 1 point, the effect 2.
    accuracy: record.accuracy - 0.01 * record.seed,
    logLoss: record.logLoss - 0.1 - 0.001 * record.seed,
  }));
  const { records: [accuracy, loss], caption } = scalingTable(
    [...RECORDS, ...scaled],
    { scores: ["accuracy", "logLoss"], caption: "Scaling" },
  );
  assert.equal(accuracy.verdict, "undecided");
  assert.equal(accuracy.needed, 5);
  // SciPy's noncentral t: 3 pairs find an effect of 3.264 with a power of 0.8.
  assert.equal((accuracy.smallest as number).toFixed(3), "3.264");
  assert.equal(loss.verdict, "better");
  assert.deepEqual([loss.needed, loss.smallest], [null, null]);
  assert.match(
    caption!,
    /^Scaling\. Seeds to decide: .*level 0\.05, power 0\.8/,
  );
});
