/** Labels as other tools save them. */
import assert from "node:assert/strict";
import { dirname } from "node:path";
import { load, refusal, withWriter } from "./scores.ts";

const ROWS = [[3, 0, 1], [0, 2, 1], [0, 1, 4], [0, 3, 1]];
const LABELS = [0, 1, 2, 1];

Deno.test("--ignore-label leaves rows out, and is named where it would help", () =>
  withWriter(async (write) => {
    const logits = await write.rows("L.npy", ROWS);
    for (const ignored of [-1, -100, 255]) {
      const labels = await write.list("Y.npy", LABELS.with(1, ignored));
      const args = ["--logits", logits, "--labels", labels];
      assert.match(
        await refusal(args),
        new RegExp(
          `row 1 \\(from 0\\) is ${ignored} but must be in 0 to 2; ` +
            `--ignore-label ${ignored} leaves such rows out$`,
        ),
      );
      const found = await load([...args, "--ignore-label", `${ignored}`]);
      assert.deepEqual([...found.labels], [0, 2, 1]);
      assert.deepEqual([...found.models[0].logits.data], [
        ...ROWS[0],
        ...ROWS[2],
        ...ROWS[3],
      ]);
      assert.match(
        found.remarks[0],
        new RegExp(`1 of 4 rows, with label ${ignored}, are left out$`),
      );
    }
    const none = await write.list("Y.npy", [-1, -1, -1, -1]);
    assert.match(
      await refusal([
        ...["--logits", logits, "--labels", none, "--ignore-label", "-1"],
      ]),
      /^Cannot use .*Y\.npy: all labels are -1$/,
    );
  }));

const WRONG: readonly [string, number[], RegExp][] = [
  [
    "labels from 1",
    [1, 2, 3, 2],
    /they are in 1 to 3 but must be in 0 to 2: they seem to count from 1, so subtract 1$/,
  ],
  [
    "a label beyond the classes",
    [0, 1, 3, 1],
    /row 2 \(from 0\) is 3 but must be in 0 to 2$/,
  ],
  [
    "too few labels",
    [0, 1, 2],
    /^Cannot use .*L\.npy with .*Y\.npy: there are 4 rows and 3 labels$/,
  ],
];
for (const [what, labels, message] of WRONG) {
  Deno.test(`loadScores() refuses ${what}`, () =>
    withWriter(async (write) => {
      const args = [
        ...["--logits", await write.rows("L.npy", ROWS)],
        ...["--labels", await write.list("Y.npy", labels)],
      ];
      assert.match(await refusal(args), message);
    }));
}

Deno.test("axes of length 1 do not matter, but swapped ones are guessed", () =>
  withWriter(async (write) => {
    const data = Float64Array.from(ROWS.flat());
    const labels = await write.list("Y.npy", LABELS);
    for (const shape of [[4, 3], [4, 3, 1], [4, 3, 1, 1]]) {
      const logits = await write.array("L.npy", { data, shape });
      const { models } = await load(["--logits", logits, "--labels", labels]);
      assert.deepEqual([...models[0].logits.data], ROWS.flat());
    }
    const logits = await write.array("L.npy", { data, shape: [4, 3] });
    for (const shape of [[4], [4, 1], [1, 4]]) {
      const row = await write.array("R.npy", {
        data: Int16Array.from(LABELS),
        shape,
      });
      const found = await load(["--logits", logits, "--labels", row]);
      assert.deepEqual([...found.labels], LABELS);
    }
    const turned = await write.array("L.npy", { data, shape: [3, 4] });
    assert.match(
      await refusal(["--logits", turned, "--labels", labels]),
      /there are 3 rows and 4 labels; rows and columns may be swapped$/,
    );
  }));

Deno.test("labels of -1 and 1 are refused with what they must become", () =>
  withWriter(async (write) => {
    const args = [
      ...["--logits", await write.rows("L.npy", [[2, -1], [0, 3]])],
      ...["--labels", await write.list("Y.npy", [-1, 1])],
    ];
    assert.match(
      await refusal(args),
      /labels of -1 and 1 must become 0 and 1$/,
    );
  }));

Deno.test("text is read as numbers, booleans or names", () =>
  withWriter(async (write) => {
    const logits = await write.rows("L.npy", [[2, -1], [0, 3], [1, -1]]);
    const texts = [
      ["label\nTrue\nFalse\nTrue\n", []],
      ['"1"\n"0"\n"1"\n', []],
      ["y,id\nno,7\nyes,8\nno,9\n", ["--classes", "yes,no"]],
    ] as const;
    for (const [text, more] of texts) {
      const labels = await write.text("Y.csv", text);
      const found = await load([
        ...["--logits", logits, "--labels", labels, ...more],
      ]);
      assert.deepEqual([...found.labels], [1, 0, 1], text);
    }
    const names = await write.text("names.txt", "yes, sir\nno\n\n");
    const labels = await write.text("Y.csv", 'no\n"yes, sir"\nno\n');
    const found = await load([
      ...["--logits", logits, "--labels", labels, "--classes", names],
    ]);
    assert.deepEqual([...found.labels], [1, 0, 1]);
    assert.deepEqual(found.classNames, ["yes, sir", "no"]);
    assert.match(
      await refusal(["--classes", "a,b,a"]),
      /^--classes must not repeat a name: a is twice$/,
    );
    assert.match(
      await refusal(["--classes", "a"]),
      /^--classes must name at least 2 classes: current value is a$/,
    );
  }));

Deno.test("--classes reads a name per line, and refuses other files", () =>
  withWriter(async (write) => {
    const rows = [
      ...["--logits", await write.rows("L.npy", [[2, -1], [0, 3]])],
      ...["--labels", await write.list("Y.npy", [0, 1])],
    ];
    const files = [
      await write.text("lines.txt", "\ufeffa,b\r\né\r\n"),
      await write.text("mac.txt", "a,b\ré\r"),
    ];
    for (const file of files) {
      const { classNames } = await load([...rows, "--classes", file]);
      assert.deepEqual(classNames, ["a,b", "é"], file);
    }
    const wrong: [string, RegExp][] = [
      [
        `${files[0]}x`,
        /^--classes must name at least 2 classes or a file with a name per line: there is no file .*lines\.txtx$/,
      ],
      [
        dirname(files[0]),
        /^--classes must be names or a file with a name per line: .* is a folder$/,
      ],
      [
        rows[1],
        /^--classes .*L\.npy must be text in UTF-8 with a name per line: it is something else$/,
      ],
      [
        await write.text("list.json", '["a", "b"]'),
        /^--classes .*list\.json must be text .*: it is JSON$/,
      ],
    ];
    for (const [classes, message] of wrong) {
      assert.match(await refusal([...rows, "--classes", classes]), message);
    }
  }));

const TABLES: readonly [string, string][] = [
  ["a series of pandas", ",0\n0,0\n1,1\n2,2\n3,1\n"],
  ["a series of names", ",0\n0,cat\n1,dog\n2,ant\n3,dog\n"],
  ["names next to ids", "id,species\n7,cat\n8,dog\n9,ant\n3,dog\n"],
  ["columns without a header", "0,0\n1,1\n2,2\n3,1\n"],
  [
    "one-hot rows with an index",
    ",ant,cat,dog\n0,0,1,0\n1,0,0,1\n2,1,0,0\n3,0,0,1\n",
  ],
  [
    "dummies of booleans",
    "ant,cat,dog\nFalse,True,False\nFalse,False,True\nTrue,False,False\nFalse,False,True\n",
  ],
  [
    "dummies of booleans with an index",
    "row,l_0,l_1,l_2\n5,True,False,False\n6,False,True,False\n7,False,False,True\n8,False,True,False\n",
  ],
  [
    "one-hot rows of a class called y",
    "x,y,z\n1,0,0\n0,1,0\n0,0,1\n0,1,0\n",
  ],
];
for (const [what, table] of TABLES) {
  Deno.test(`loadScores() reads labels from ${what}`, () =>
    withWriter(async (write) => {
      const names = table.startsWith("x,y,z") ? "x,y,z" : "cat,dog,ant";
      const { labels } = await load([
        ...["--logits", await write.rows("L.npy", ROWS), "--classes", names],
        ...["--labels", await write.text("Y.csv", table)],
      ]);
      assert.deepEqual([...labels], LABELS);
    }));
}

Deno.test("the number of labels decides whether a first line of numbers is a row", () =>
  withWriter(async (write) => {
    const rows = ["0,1,2", "8,1,1", "0,0,9", "1,7,1"];
    const votes = await write.text("V.csv", rows.join("\n"));
    for (const labels of [[2, 0, 2, 1], [0, 2, 1]]) {
      const path = await write.list("Y.npy", labels);
      const { models: [{ logits }] } = await load([
        ...["--logits", votes, "--labels", path, "--votes"],
      ]);
      assert.equal(logits.rows, labels.length);
    }
  }));
