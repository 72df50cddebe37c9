import assert from "node:assert/strict";
import { formatNotebook } from "../lib/reproduce/format_notebook.ts";
import { parseNotebook } from "../lib/reproduce/notebook.ts";
import { structureFaults } from "./notebook_structure.ts";
import { cell } from "./reproduce/toy_notebook.ts";

const FOLDER = new URL("../notebooks/", import.meta.url);
const SERIES = (await Array.fromAsync(Deno.readDir(FOLDER), (e) => e.name))
  .filter((name) => name.endsWith(".ipynb")).sort();

for (const name of SERIES) {
  const text = await Deno.readTextFile(new URL(name, FOLDER));

  Deno.test(`${name} has the structure of the series`, () => {
    const notebook = parseNotebook(text, name);
    assert.deepEqual(structureFaults(notebook, { name, series: SERIES }), []);
  });

  Deno.test(`${name} is formatted and has no outputs`, () => {
    assert.equal(formatNotebook(parseNotebook(text, name)), text);
  });
}

const GOOD = [
  "# Title\n\n> A question?\n\nNext: [two](02_two.ipynb)",
  "const one = 1;",
  "## What follows",
  "assert.equal(one, 1);",
  "## What we learned",
];

/** Faults of the first of two notebooks with these cell sources. */
function faultsOf(
  sources: readonly string[],
  change: (raw: Record<string, unknown>) => void = () => {},
) {
  const raw = JSON.parse(formatNotebook({ cells: sources.map(cell) }));
  change(raw);
  return structureFaults(parseNotebook(JSON.stringify(raw), "01_one"), {
    name: "01_one.ipynb",
    series: ["01_one.ipynb", "02_two.ipynb"],
  });
}

Deno.test("structureFaults() finds nothing in a correct notebook", () => {
  assert.deepEqual(faultsOf(GOOD), []);
});

const [TITLE, FIRST, NEXT, LAST, END] = GOOD;

const BAD: readonly [string, readonly string[]][] = [
  ["no title first", [TITLE.replace("# ", "## "), ...GOOD.slice(1)]],
  [
    "no question in a quote in the first cell",
    [TITLE.replace("> ", ""), ...GOOD.slice(1)],
  ],
  ["no text at the end", [TITLE, NEXT, LAST]],
  ["no assertion in the last code cell", [TITLE, FIRST, END]],
  ["2 text cells for 3 code cells", [TITLE, FIRST, FIRST, LAST, END]],
  [
    "21 code cells",
    [TITLE, ...Array(20).fill([FIRST, NEXT]).flat(), LAST, END],
  ],
  ["cell 2 has 21 lines", [TITLE, "1;\n".repeat(20) + "2", NEXT, LAST, END]],
  [
    "cell 2 has a loop over epochs",
    [TITLE, "for (let epoch = 0; epoch < 3; epoch++) {}", NEXT, LAST, END],
  ],
  [
    "cell 2 has unseeded random numbers",
    [TITLE, "Math.random()", NEXT, LAST, END],
  ],
  [
    "cell 2 has an absolute path",
    [TITLE, 'Deno.readTextFile("/home/me/x")', NEXT, LAST, END],
  ],
  ["cell 2 has debugging", [TITLE, "console.debug(1)", NEXT, LAST, END]],
  [
    "a link to 09_lost.ipynb, which does not exist",
    [...GOOD, "# See [nine](09_lost.ipynb)"],
  ],
  [
    "no link to its neighbour 02_two.ipynb",
    [TITLE.replace("02_two.ipynb", "two.html"), ...GOOD.slice(1)],
  ],
];

for (const [fault, sources] of BAD) {
  Deno.test(`structureFaults() finds: ${fault}`, () => {
    assert.deepEqual(faultsOf(sources), [fault]);
  });
}

Deno.test("structureFaults() finds faults of the file format", () => {
  const faults = faultsOf(GOOD, (raw) => {
    const cells = raw.cells as Record<string, unknown>[];
    raw.nbformat_minor = 4;
    raw.metadata = { kernelspec: { name: "python3" } };
    cells[2].id = "";
    cells[3].id = cells[1].id;
    cells[1].execution_count = 7;
    cells[1].outputs = [{ output_type: "stream", name: "stdout", text: "1" }];
  });
  assert.deepEqual(faults, [
    "format 4.4",
    "kernel python3",
    "a cell without a valid id",
    "two cells with the same id",
    "cell 2 has outputs",
    "cell 2 has an execution count",
  ]);
});
