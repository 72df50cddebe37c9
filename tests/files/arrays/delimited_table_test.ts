import assert from "node:assert/strict";
import { delimitedTable } from "../../../lib/files/arrays/delimited_table.ts";
import { withRows } from "../../../lib/files/arrays/with_rows.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

/** Names and values of the columns of a text. */
function columnsOf(text: string): Record<string, unknown[]> {
  const { arrays } = delimitedTable(bytes(text), "t.csv");
  return Object.fromEntries(arrays.map(({ key, read }, index) => [
    key ?? `${index}`,
    Array.from(read().data as ArrayLike<unknown>),
  ]));
}

const READ: readonly [string, string, Record<string, unknown[]>][] = [
  ["a header", "a,b\n1,2.5\n-3e2,.5\n", { a: [1, -300], b: [2.5, 0.5] }],
  ["no header", "1,2.5\n-3,+4\n", { 0: [1, -3], 1: [2.5, 4] }],
  ["no last line feed", "a,b\n1,2", { a: [1], b: [2] }],
  ["empty lines and carriage returns", "a,b\r\n\r\n1,2\r\n\n", {
    a: [1],
    b: [2],
  }],
  ["a byte order mark", "\ufeffa,b\n1,2\n", { a: [1], b: [2] }],
  ["tabs", "a\tb\n1\t2.5\n", { a: [1], b: [2.5] }],
  ["decimal commas", "a;b\n1,5;-,5e1\n", { a: [1.5], b: [-5] }],
  ["decimal commas without a header", "1,5;2\n3;4,25\n", {
    0: [1.5, 3],
    1: [2, 4.25],
  }],
  ["semicolons", "a;b\n1;2\n", { a: [1], b: [2] }],
  ["blanks", "  1   2\n3 4  \n", { 0: [1, 3], 1: [2, 4] }],
  ["names with blanks", "dog house\ncat\ncat\n", {
    "dog house": ["cat", "cat"],
  }],
  ["quotes", 'a,"b, c"\n"1","say ""hi"", you"\n', {
    a: [1],
    "b, c": ['say "hi", you'],
  }],
  ["a line break in quotes", 'a,b\n"x\ny",1\nz,2\n', {
    a: ["x\ny", "z"],
    b: [1, 2],
  }],
  ["special numbers", "a,b\nnan,-inf\n,Infinity\nNA,1\n", {
    a: [NaN, NaN, NaN],
    b: [-Infinity, Infinity, 1],
  }],
  ["a header of R without a name for the rows", 'a,b\n"1",5,6\n"2",7,8\n', {
    "": [1, 2],
    a: [5, 7],
    b: [6, 8],
  }],
  ["comments", "# a,b\n1,2\n# 3\n5,6\n", { a: [1, 5], b: [2, 6] }],
  ["comments in blanks", "# logits of resnet\n1 2\n# 3 4\n# 5\n5 6\n", {
    0: [1, 5],
    1: [2, 6],
  }],
  ["a header of NumPy in blanks", "# of resnet\n# a b\n1 2\n", {
    a: [1],
    b: [2],
  }],
  ["comments above NumPy's header", "# of x, y and z\n# v 2\n# a,b\n1,2\n", {
    a: [1],
    b: [2],
  }],
  ["a comment without a header", "# logits of resnet\n1,2\n3,4\n", {
    0: [1, 3],
    1: [2, 4],
  }],
  ["a row that is commented out", "# 0.5,1\n3,4\n", { "0.5": [3], 1: [4] }],
  ["a comment with as many cells as the header", "# by x, y\na,b\n1,2\n", {
    a: [1],
    b: [2],
  }],
  ["a comment below the header", "a,b\n# in nats\n1,2\n", {
    a: [1],
    b: [2],
  }],
  ["comments above and below the header", "# by x, y\na,b\n# z\n1,2\n", {
    a: [1],
    b: [2],
  }],
  ["a marked header above text", "#SampleID,label\nx,cat\ny,dog\n", {
    SampleID: ["x", "y"],
    label: ["cat", "dog"],
  }],
  ["rows that begin with #", 'label,l\n#a,3\nb,0\n"#c, d",1\n', {
    label: ["#a", "b", "#c, d"],
    l: [3, 0, 1],
  }],
  ["rows that begin with # and have no header", "#1.png,3\n#2.png,0\nx,1\n", {
    0: ["#1.png", "#2.png", "x"],
    1: [3, 0, 1],
  }],
  ["rows that all begin with #", "#1.png,3\n#2.png,0\n", {
    0: ["#1.png", "#2.png"],
    1: [3, 0],
  }],
  ["a marked header above rows with #", "#file,l\n#1.png,3\n#2.png,0\n", {
    file: ["#1.png", "#2.png"],
    l: [3, 0],
  }],
  ["a row of text with # among others", "#a,x\n#b,y\n#a,z\nc,x\n", {
    0: ["#a", "#b", "#a", "c"],
    1: ["x", "y", "z", "x"],
  }],
  ["Excel's line with the separator", "sep=;\na;b\n1;2,5\n", {
    a: [1],
    b: [2.5],
  }],
  ["Excel's line with a comma", '\ufeff"sep=,"\r\na,b\r\n1,2\r\n', {
    a: [1],
    b: [2],
  }],
  ["carriage returns without line feeds", 'a,b\r1,2\r3,"4"\r', {
    a: [1, 3],
    b: [2, 4],
  }],
  ["columns that are counted", "0,1\n0.5,1.5\n", { 0: [0.5], 1: [1.5] }],
  ["text that begins as numbers", "a\n1\n2\nthree\n", {
    a: ["1", "2", "three"],
  }],
  ["text with numbers in the first row", "0.5,cat\n0.25,dog\n", {
    0: [0.5, 0.25],
    1: ["cat", "dog"],
  }],
  ["names that recur", "cat\ndog\ncat\n", { 0: ["cat", "dog", "cat"] }],
  ["only a header", "a,b\n", { a: [], b: [] }],
];
for (const [what, text, expected] of READ) {
  Deno.test(`delimitedTable() reads ${what}`, () => {
    assert.deepEqual(columnsOf(text), expected);
  });
}

for (
  const [what, littleEndian] of [["little", true], ["big", false]] as const
) {
  Deno.test(`delimitedTable() reads UTF-16 of ${what} endian order`, () => {
    const text = "\ufeffé\tb\r\n1\t2,5\r\n";
    const view = new DataView(new ArrayBuffer(2 * text.length));
    [...text].forEach((char, i) =>
      view.setUint16(2 * i, char.charCodeAt(0), littleEndian)
    );
    const { arrays } = delimitedTable(new Uint8Array(view.buffer), "t.csv");
    assert.deepEqual(
      arrays.map(({ key, read }) => [key, [...read().data]]),
      [["é", [1]], ["b", [2.5]]],
    );
  });
}

Deno.test("delimitedTable() reads lines across its chunks, and characters of several bytes", () => {
  const rows = Array.from({ length: 500_000 }, (_, i) => `${i / 8},é${i % 3}`);
  const text = ["x,y", ...rows].join("\n");
  assert(bytes(text).length > 2 ** 22);
  const { x, y } = columnsOf(text);
  assert.equal(x.length, rows.length);
  assert(x.every((value, i) => value === i / 8));
  assert(y.every((value, i) => value === `é${i % 3}`));
});

Deno.test("delimitedTable() offers the other reading of a doubtful first line", () => {
  const { arrays, otherwise } = delimitedTable(bytes("cat\ndog\n"), "t.csv");
  assert.deepEqual([arrays[0].key, arrays[0].read().data], ["cat", ["dog"]]);
  const [other] = otherwise!().arrays;
  assert.deepEqual([other.key, other.read().data], [undefined, ["cat", "dog"]]);
  assert.equal(
    delimitedTable(bytes("a,b\n1,2\n"), "t.csv").otherwise,
    undefined,
  );
});

/** The cell that makes a column text, although most of its cells are numbers. */
const ODD: readonly [string, string, string | undefined][] = [
  ["a percentage", "a,b\n1,2\n12.5%,3\n4,5\n", 'line 3 has "12.5%"'],
  ["a thousands separator", 'a\n1\n2\n"1,234.50"\n', 'line 4 has "1,234.50"'],
  [
    "minus signs from the start",
    "a,b\n\u22121.5,0\n2,1\n",
    'line 2 has "−1.5"',
  ],
  [
    "a second header",
    "a,b\n1,2\n3,4\na,b\n5,6\n",
    'line 4 has "a", as if the header were repeated,',
  ],
  ["text with few numbers", "a,b\nx,1\n2,3\ny,4\n", undefined],
  ["numbers", "a,b\n1,2\n,3\n", undefined],
  ["dates", "a,b\n2026-01-02,1\n2026-01-03,2\n", undefined],
];
for (const [what, text, expected] of ODD) {
  Deno.test(`delimitedTable() says which cell is odd in a column of ${what}`, () => {
    const [{ oddCell }] = delimitedTable(bytes(text), "t.csv").arrays;
    assert.equal(oddCell, expected);
  });
}

const REFUSED: readonly [string, string, string][] = [
  ["nothing", "", "it is empty"],
  ["only blanks", " \n\n", "it is empty"],
  [
    "a longer line",
    "a,b\n1,2\n3,4,5\n",
    "line 3 has 3 cells, but the lines before it have 2",
  ],
  [
    "a shorter line",
    "a,b\n1\n",
    "line 2 has 1 cells, but the lines before it have 2",
  ],
  ["an open quote", 'a,b\n"1,2\n', "line 2 opens a quote that is not closed"],
];
for (const [what, text, reason] of REFUSED) {
  Deno.test(`delimitedTable() refuses ${what}`, () => {
    assert.throws(() => delimitedTable(bytes(text), "t.csv"), {
      name: "BadInput",
      message: `Cannot read t.csv: ${reason}`,
    });
  });
}

Deno.test("withRows() chooses the reading that has the number of rows, if one has", () => {
  const table = delimitedTable(bytes("cat\ndog\n"), "t.csv");
  const rowsOf = (rows: number | undefined) =>
    withRows(table, rows).arrays[0].shape[0];
  assert.deepEqual([1, 2, 3, undefined].map(rowsOf), [1, 2, 1, 1]);
});
