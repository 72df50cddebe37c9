/** Which columns of a table are scores. */
import assert from "node:assert/strict";
import { delimitedTable } from "../../../lib/files/arrays/delimited_table.ts";
import { arraysOf } from "../../../lib/files/arrays/choose_array.ts";
import type { LabelPlace } from "../../../lib/files/arrays/labels_in.ts";
import type { KnownNames } from "../../../lib/files/arrays/score_columns.ts";
import { scoreMatrix } from "../../../lib/files/arrays/score_matrix.ts";
import type { ArrayFile } from "../../../lib/files/arrays/stored_array.ts";

/** A table `t.csv` of 12 rows, with fractions in all columns but some. */
function tableOf(header: string, whole: readonly string[]): ArrayFile {
  const names = header.split(" ");
  const rows = Array.from(
    { length: 12 },
    (_, i) =>
      names.map((name, k) => i % 3 + (whole.includes(name) ? 0 : k / 8 + 0.1)),
  );
  const text = [names, ...rows].map((cells) => cells.join(",")).join("\n");
  return delimitedTable(new TextEncoder().encode(text), "t.csv");
}

function namesOfScores(
  file: ArrayFile,
  options: { labels?: LabelPlace | undefined; names?: KnownNames },
) {
  const { columnNames, remarks } = scoreMatrix(file, undefined, {
    ...{ binary: false, labels: options.labels },
    names: options.names,
  });
  return [columnNames?.join(" "), ...remarks];
}

const FAMILY = "logit_0 logit_1 logit_2";
const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"].join(" ");
const left = (names: string, count: number) =>
  `t.csv: column${names.includes(",") ? "s" : ""} ${names} ` +
  `${names.includes(",") ? "are" : "is"} not among the ${count} scores`;

/** Header, key of the labels in it, columns of scores, remarks. */
const CHOSEN: readonly [string, string | undefined, string, ...string[]][] = [
  [`${FAMILY} gt`, "gt", FAMILY],
  [`gt ${FAMILY}`, "0", FAMILY],
  ["cat dog ant gt", "-1", "cat dog ant"],
  [`${FAMILY} gt`, undefined, FAMILY, left("gt", 3)],
  [
    `${FAMILY} label entropy`,
    "label",
    FAMILY,
    left("entropy", 3),
  ],
  [`loss ${FAMILY} y time`, "y", FAMILY, left("loss, time", 3)],
  ["p1 p3 p2 seed", undefined, "p1 p2 p3", left("seed", 3), "sorted"],
  ["0 1 2 gt", "gt", "0 1 2"],
  ["P(cat) P(dog) size", undefined, "P(cat) P(dog)", left("size", 2)],
  [`${FAMILY} logit_max`, undefined, FAMILY, left("logit_max", 3)],
  [`${LETTERS} label`, "label", LETTERS],
  [LETTERS, undefined, LETTERS],
  ["cat class target id row label", "label", "cat class target id row"],
  ["cat dog label id", undefined, "cat dog", left("label, id", 2)],
];
const WHOLE = ["gt", "label", "seed"];
for (const [header, key, names, ...told] of CHOSEN) {
  Deno.test(`scores among ${header} with labels ${key ?? "elsewhere"}`, () => {
    const labels = key === undefined ? undefined : { key };
    const table = tableOf(header, [...WHOLE, key ?? "id"]);
    const [found, ...remarks] = namesOfScores(table, { labels });
    assert.equal(found, names);
    assert.equal(remarks.length, told.length);
    told.forEach((remark, i) => assert(remarks[i]!.includes(remark)));
  });
}

Deno.test("the likely labels are no scores without a key", () => {
  const file = tableOf("cat dog gt", WHOLE);
  assert.deepEqual(namesOfScores(file, { labels: { key: undefined } }), [
    "cat dog",
  ]);
});

Deno.test("names of classes decide between columns", () => {
  const file = tableOf("cat dog y loss", ["y"]);
  const all = ["cat", "dog", "y"];
  assert.deepEqual(namesOfScores(file, { names: { all, some: new Set() } }), [
    "cat dog y",
    left("loss", 3),
  ]);
  const some = new Set(["y", "loss"]);
  assert.deepEqual(
    namesOfScores(file, { names: { all: undefined, some } }),
    ["cat dog y loss"],
  );
  // Other columns than those with numbers are classes.
  for (const header of ["t1 t2 t3 none", "t1 t2 n1 n2"]) {
    const found = namesOfScores(tableOf(header, []), {
      names: { all: undefined, some: new Set(["t1", header.split(" ")[3]]) },
    });
    assert.deepEqual(found, [header]);
  }
});

Deno.test("booleans are no scores", () => {
  const file = tableOf("cat dog right", []);
  const arrays = file.arrays.map((array) =>
    array.key === "right" ? { ...array, type: "boolean" as const } : array
  );
  assert.deepEqual(namesOfScores({ ...file, arrays }, {}), [
    "cat dog",
    left("right", 2),
  ]);
});

const REFUSED: readonly [string, RegExp][] = [
  [
    "cat dog gt",
    /: t\.csv:gt has whole numbers as labels have; choose columns with t\.csv:FIRST\.\.LAST or t\.csv:PREFIX\*$/,
  ],
  ["cat dog loss", /: loss may be a class or a measure; choose columns with /],
  [
    `${FAMILY} prob_0 prob_1 prob_2`,
    /: logit_0\.\.logit_2 and prob_0\.\.prob_2 may each be the scores; /,
  ],
  [
    "f1 f2 f3 prob_cat prob_dog",
    /: f1\.\.f3 and prob_cat\.\.prob_dog may each be the scores; /,
  ],
  ["cat dog t1 t2", /: cat, dog may be scores next to t1\.\.t2; /],
];
for (const [header, message] of REFUSED) {
  Deno.test(`columns ${header} are refused as ambiguous`, () => {
    assert.throws(() => namesOfScores(tableOf(header, WHOLE), {}), {
      name: "BadInput",
      message,
    });
  });
}

const DAMAGED = "label,cat,dog\n1,0.5,-1\n0,12.5%,2\n1,3,4\n";
for (
  const [key, binary] of [[undefined, false], ["cat..dog", false], [
    "cat",
    true,
  ]] as const
) {
  Deno.test(`a column of scores ${key ?? "without a key"} with a cell that is no number is refused`, () => {
    const file = delimitedTable(new TextEncoder().encode(DAMAGED), "t.csv");
    assert.throws(
      () => scoreMatrix(file, key, { binary, labels: undefined }),
      {
        name: "BadInput",
        message:
          'Cannot read t.csv:cat: line 3 has "12.5%" but must have a number',
      },
    );
  });
}

Deno.test("a key of scores must not include the labels", () => {
  const file = tableOf("cat dog gt", WHOLE);
  for (const key of ["gt", "0..2", "dog..gt"]) {
    const read = () =>
      scoreMatrix(file, key, { binary: false, labels: { key: undefined } });
    assert.throws(read, {
      name: "BadInput",
      message:
        `Cannot read scores from t.csv:${key}: t.csv:gt has the labels; ` +
        "choose other columns with t.csv:FIRST..LAST",
    });
  }
});

Deno.test("--binary needs one column", () => {
  const read = () =>
    scoreMatrix(tableOf("p gt q", WHOLE), "p..q", {
      binary: true,
      labels: undefined,
    });
  assert.throws(read, {
    message: /: p, gt, q are 3 columns, but one is needed/,
  });
});

/** Header, key, chosen columns or message. */
const RANGES: readonly [string, string, string | RegExp][] = [
  ["cat dog ant", "cat..dog", "cat dog"],
  ["cat dog ant", "1..-1", "dog ant"],
  ["cat dog ant", "cat..1", "cat dog"],
  ["cat dog ant", "-1", "ant"],
  ["a..b c d..e", "a..b..d..e", "a..b c d..e"],
  ["1 2 3 gt", "1..2", "1 2"],
  ["1 2 3 gt", "1..-2", "1 2 3"],
  ["cat dog ant", "0..99", /: it has no column 99, but cat, dog, ant$/],
  ["cat dog ant", "cat..atn", /: it has no column atn, but cat, dog, ant$/],
  ["cat dog ant", "x..dog", /: it has no column x, but /],
  ["cat dog ant", "cat..", /: it has no column "", but /],
  ["cat dog ant", "3", /: it has no column 3, but /],
  ["cat dog ant", "2..0", /t\.csv:2\.\.0: the first column must not be after /],
  ["cat dog ant", "bird*", /: it has no column "bird\*", but /],
  // Number 0 is column 1, but 3 is column 3.
  ["1 2 3 gt", "0..3", /: it has no column 0, but 1, 2, 3, gt$/],
  ["1 2 3 gt", "0", /: it has no column 0, but 1, 2, 3, gt$/],
];
for (const [header, key, expected] of RANGES) {
  Deno.test(`columns ${key} of ${header}`, () => {
    const find = () =>
      arraysOf(tableOf(header, []), key).map((column) => column.key).join(" ");
    if (typeof expected === "string") assert.equal(find(), expected);
    else assert.throws(find, { name: "BadInput", message: expected });
  });
}
