import assert from "node:assert/strict";
import { join } from "node:path";
import { compareTables } from "../../../lib/cli/verify/compare_tables.ts";
import type { FlatRecord } from "../../../lib/reports/tables/table_cell.ts";
import { table } from "../../../lib/reports/tables/table.ts";
import { inFolder } from "../program.ts";

const ROWS = [
  { method: "ce", ece: 0.02, seconds: 3 },
  { method: "ils", ece: 0.01, seconds: 4 },
];

/** Writes a table in the three formats of a notebook. */
async function save(folder: string, name: string, rows: FlatRecord[]) {
  const path = join(folder, "tables");
  await Deno.mkdir(path, { recursive: true });
  const made = table(rows);
  await Deno.writeTextFile(join(path, `${name}.json`), made.json());
  await Deno.writeTextFile(join(path, `${name}.csv`), made.csv());
  await Deno.writeTextFile(join(path, `${name}.md`), made.markdown());
}

/** Compares two folders after a change of the stored one. */
function compared(
  change: (stored: string) => Promise<void>,
  options: { all?: boolean; exact?: boolean; ignored?: string[] } = {},
) {
  return inFolder(async (folder) => {
    const [stored, recomputed] = [join(folder, "a"), join(folder, "b")];
    for (const place of [stored, recomputed]) {
      await save(place, "03-scores", ROWS);
      await Deno.writeTextFile(join(place, "tables", "03-text.md"), "- 0.02\n");
    }
    await change(stored);
    return await compareTables({ stored, recomputed, all: true, ...options });
  });
}

const FILE = "tables/03-scores.json";

Deno.test("equal tables have no differences, and their numbers are counted", async () => {
  const { tables, numbers, differences } = await compared(async () => {});
  assert.deepEqual([tables, numbers, differences], [1, 4, []]);
});

Deno.test("a changed number is named once, though three files show it", async () => {
  const [ce, ils] = ROWS;
  const { differences } = await compared((stored) =>
    save(stored, "03-scores", [ce, { ...ils, ece: 0.011 }])
  );
  assert.deepEqual(differences, [
    { file: FILE, row: 2, column: "ece", stored: 0.011, recomputed: 0.01 },
  ]);
});

Deno.test("a lost row and a lost column are named", async () => {
  const row = await compared((stored) => save(stored, "03-scores", [ROWS[0]]));
  assert.deepEqual(
    row.differences.map(({ row, column, stored }) => [row, column, stored]),
    [[2, "method", null], [2, "ece", null], [2, "seconds", null]],
  );
  const column = await compared((stored) =>
    save(stored, "03-scores", ROWS.map(({ ece: _, ...rest }) => rest))
  );
  assert.deepEqual(
    column.differences.map(({ row, column }) => [row, column]),
    [[1, "ece"], [2, "ece"]],
  );
});

for (const ending of ["csv", "md"]) {
  Deno.test(`a number that only the ${ending} file shows differently is found`, async () => {
    const { differences } = await compared(async (stored) => {
      const path = join(stored, "tables", `03-scores.${ending}`);
      const text = await Deno.readTextFile(path);
      await Deno.writeTextFile(path, text.replace("0.01", "0.09"));
    });
    assert.equal(differences.length, 1);
    const [{ file, stored, recomputed }] = differences;
    assert.equal(file, `tables/03-scores.${ending}`);
    assert.match(`${stored}`, /ils.*0\.09/);
    assert.match(`${recomputed}`, /ils.*0\.01/);
  });
}

Deno.test("a changed sentence and a cut file are found", async () => {
  const path = (stored: string) => join(stored, "tables", "03-text.md");
  const changed = await compared((stored) =>
    Deno.writeTextFile(path(stored), "- 0.03\n")
  );
  assert.deepEqual(changed.differences.map(({ file, row }) => [file, row]), [
    ["tables/03-text.md", 1],
  ]);
  const cut = await compared((stored) => Deno.writeTextFile(path(stored), ""));
  assert.equal(cut.differences.length, 1);
});

Deno.test("a table that was not made again counts only if all were", async () => {
  const add = (stored: string) => save(stored, "07-cost", ROWS);
  const all = await compared(add);
  assert.deepEqual(
    all.differences.map(({ file, recomputed }) => [file, recomputed]),
    ["csv", "json", "md"].map((end) => [`tables/07-cost.${end}`, null]),
  );
  const some = await compared(add, { all: false });
  assert.deepEqual(some.differences, []);
});

Deno.test("rounding is no difference, unless numbers must be exact", async () => {
  const [ce, ils] = ROWS;
  const rounded = [ce, { ...ils, seconds: 4 + 2 ** -50 }];
  const change = (stored: string) => save(stored, "03-scores", rounded);
  const exact = await compared(change, { exact: true });
  assert.deepEqual(exact.differences.map(({ column }) => column), ["seconds"]);
  const ignored = await compared(change, { exact: true, ignored: ["seconds"] });
  assert.deepEqual([ignored.numbers, ignored.differences], [2, []]);
});

Deno.test("a damaged table is bad input", () =>
  assert.rejects(
    compared((stored) =>
      Deno.writeTextFile(join(stored, FILE), '[{"method": ["ce"]}]')
    ),
    { name: "BadInput", message: /03-scores\.json: / },
  ));
