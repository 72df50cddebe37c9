import assert from "node:assert/strict";
import { join } from "node:path";
import {
  isHeadline,
  readHeadlines,
  writeHeadline,
} from "../../lib/reports/headlines.ts";
import { table } from "../../lib/reports/tables/table.ts";
import { inFolder } from "../cli/program.ts";

const TABLE = table([{ method: "ce", ece: 0.021, verdict: "worse" }], {
  caption: "Errors",
  columns: [
    "method",
    { key: "ece", title: "ECE, %", factor: 100, digits: 2, best: "lowest" },
    { key: "verdict", tone: () => "bad" },
  ],
}).shown();

Deno.test("readHeadlines() returns a table as it was saved", () =>
  inFolder(async (folder) => {
    const headline = { kind: "table", table: TABLE } as const;
    await writeHeadline(folder, "07-headline-1", headline);
    assert.deepEqual(await readHeadlines(folder), [
      { name: "07-headline-1", headline },
    ]);
  }));

Deno.test("readHeadlines() returns headlines in the order of their names", () =>
  inFolder(async (folder) => {
    assert.deepEqual(await readHeadlines(folder), []);
    const text = (words: string) =>
      ({ kind: "text", sentences: [words, "T < 1"] }) as const;
    await writeHeadline(folder, "07-headline-2", text("second"));
    await writeHeadline(folder, "07-headline-1", text("first"));
    const headlines = await readHeadlines(folder);
    assert.deepEqual(headlines, [
      { name: "07-headline-1", headline: text("first") },
      { name: "07-headline-2", headline: text("second") },
    ]);
  }));

Deno.test("readHeadlines() refuses a damaged headline with its path and the key", () =>
  inFolder(async (folder) => {
    await writeHeadline(folder, "headline", { kind: "text", sentences: [] });
    const path = join(folder, "headlines", "headline.json");
    await Deno.writeTextFile(path, '{"kind": "text", "sentences": [1]}');
    await assert.rejects(
      readHeadlines(folder),
      (error: Error) =>
        error.name === "BadInput" && error.message.startsWith(path) &&
        error.message.includes("sentences"),
    );
  }));

Deno.test("isHeadline() checks the beginning of a name", () => {
  const names = [
    "headline",
    "07-headline-1-results",
    "07-results",
    "a-headline",
  ];
  assert.deepEqual(names.map(isHeadline), [true, true, false, false]);
});
