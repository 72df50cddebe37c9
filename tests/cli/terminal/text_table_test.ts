import assert from "node:assert/strict";
import { textTable } from "../../../lib/cli/terminal/text_table.ts";
import { table } from "../../../lib/reports/tables/table.ts";

Deno.test("textTable() aligns text left and numbers right", () => {
  const rows = [
    { method: "ce", loss: 0.25, lossStdev: 0.01 },
    { method: "ils", loss: 10, lossStdev: null },
    { method: "ls", loss: null, lossStdev: null },
  ];
  const text = textTable(table(rows, {
    columns: ["method", { key: "loss", digits: 2, stdev: "lossStdev" }],
    caption: "Losses",
  }));
  assert.equal(
    text,
    [
      "Losses",
      "method         loss",
      "ce      0.25 ± 0.01",
      "ils           10.00",
      "ls                –",
      "",
    ].join("\n"),
  );
});

Deno.test("textTable() without rows has only its headings", () => {
  assert.equal(textTable(table([], { columns: ["a", "b"] })), "a  b\n");
});
