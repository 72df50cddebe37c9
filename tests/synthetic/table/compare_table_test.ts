import assert from "node:assert/strict";
import { comparePublished } from "../../../lib/synthetic/table/compare_table.ts";
import { summariseTable } from "../../../lib/synthetic/table/table_summary.ts";
import { assertClose } from "../../calibration/close.ts";
import { allTableRows, tableRecord } from "../records.ts";

const RECORDS = [0, 1].map((dataset) =>
  tableRecord(
    dataset,
    allTableRows(({ method, bound }) => ({
      logLoss: 0.5 + dataset / 100,
      accuracy: method === "ls" && bound === "published" ? 0.8 : 0.7,
    })),
  )
);

Deno.test("comparePublished() has the rows of Tables V and VI, scaled as the study scaled", () => {
  const rows = comparePublished(summariseTable(RECORDS));
  const names = rows.map(({ method, scaled }) =>
    scaled ? `${method}*` : method
  );
  assert.deepEqual(names, [
    "bayes",
    ...["ce", "ce*", "ls", "ls*", "ls-0.2", "ls-0.2*"],
    ...["ils1", "ils1*", "ils2", "ils2*", "ilsq", "ilsq*"],
    ...["bayes", "ce", "ls", "ilsq"].map((name) => `student-of-${name}`),
  ]);
  // Of the two scaled rows it takes the one within the published bounds.
  const { ours, published, difference } = rows[4].scores.accuracy;
  assert.deepEqual([ours, published], [0.8, 79.48 / 100]);
  assertClose(difference, 0.8 - 0.7948);
});

Deno.test("comparePublished() compares our mean and error with the printed number", () => {
  const rows = comparePublished(summariseTable(RECORDS));
  const lossOf = (at: number) => rows[at].scores.logLoss;
  assert.deepEqual(
    [0, 1, 2, 13, 16].map((at) => lossOf(at).published),
    [0.4444, 0.5589, 0.5446, 0.4451, 0.5201],
  );
  assertClose(lossOf(0).ours, 0.505);
  assertClose(lossOf(0).oursSe!, 0.005);
  assertClose(lossOf(0).difference, 0.505 - 0.4444);
  const [one] = comparePublished(summariseTable(RECORDS.slice(1)));
  assert.equal(one.scores.logLoss.oursSe, null);
});
