/** Columns with names in different orders. */
import assert from "node:assert/strict";
import { classOrder } from "../../../lib/cli/inputs/class_order.ts";
import { load, refusal, withWriter } from "./scores.ts";

/** Names of columns, names that are known before, and the order of the columns. */
const ORDERS: readonly [string, string, number[] | undefined][] = [
  ["cat dog ant", "cat dog ant", undefined],
  ["ant cat dog", "cat dog ant", [1, 2, 0]],
  ["p_ant p_cat p_dog", "cat dog ant", [1, 2, 0]],
  ["P(ant) P(cat) P(dog)", "cat_x dog_x ant_x", [1, 2, 0]],
  ["p1 p3 p2", "cat dog ant", [0, 2, 1]],
  ["10_a 9_a 8_a", "p0 p1 p2", [2, 1, 0]],
  ["logit_0 logit_1 logit_2", "p1 p2 p3", undefined],
  ["cat dog ant", "p0 p1 p2", undefined],
  ["n02 n05 n03", "n03 n02 n05", [2, 0, 1]],
  ["cat dog", "cat dog ant", undefined],
];
for (const [names, known, order] of ORDERS) {
  Deno.test(`classOrder() brings ${names} into the order of ${known}`, () => {
    const found = { names: names.split(" "), source: "b.csv" };
    const first = { names: known.split(" "), source: "a.csv" };
    assert.deepEqual(classOrder(found, first)?.order, order);
  });
}

Deno.test("classOrder() refuses names that only one of two files has", () => {
  const first = { names: ["cat", "dog", "ant"], source: "a.csv" };
  const refused: [string[], RegExp][] = [
    [
      ["cat", "eel", "fox"],
      /^Cannot use b\.csv with a\.csv: the names of their classes must be the same, in any order: only b\.csv has eel, fox, only a\.csv has dog, ant$/,
    ],
    [["cat", "cat", "dog"], /only a\.csv has ant$/],
  ];
  for (const [names, message] of refused) {
    assert.throws(() => classOrder({ names, source: "b.csv" }, first), {
      name: "BadInput",
      message,
    });
  }
});

const TABLE = "cat,dog,ant\n3,0,1\n0,2,1\n0,1,4\n0,3,1\n";
const SWAPPED = "dog,ant,cat\n0,1,3\n2,1,0\n1,4,0\n3,1,0\n";
const ONE_HOT = "l_ant,l_cat,l_dog\n0,1,0\n0,0,1\n1,0,0\n0,0,1\n";

Deno.test("columns are brought into the order of the first names in every file", () =>
  withWriter(async (write) => {
    const first = await write.text("a.csv", TABLE);
    const other = await write.text("b.csv", SWAPPED);
    const indices = await write.list("Y.npy", [0, 1, 2, 1]);
    const oneHot = await write.text("Y.csv", ONE_HOT);
    const { models, labels, classNames, remarks } = await load([
      ...["--logits", `a=${first},b=${other}`, "--labels", oneHot],
      ...["--val-logits", `a=${other},b=${first}`, "--val-labels", indices],
      ...["--also", `also=${other},${other},${oneHot}`],
    ]);
    const [{ logits }] = models;
    for (const model of models) {
      assert.deepEqual(model.logits, logits);
      assert.deepEqual(model.validation!.logits, logits);
      assert.deepEqual(model.also[0].logits, logits);
      assert.deepEqual(model.also[0].labels, labels);
    }
    assert.deepEqual([...labels], [0, 1, 2, 1]);
    assert.deepEqual(classNames, ["cat", "dog", "ant"]);
    assert.deepEqual(
      remarks.filter((remark) => remark.includes("order")),
      [
        `${other}: columns are brought into the order of ${first} by name`,
        `${oneHot}: columns are brought into the order of ${first} by name`,
      ],
    );
  }));

Deno.test("--classes decides on the order of the columns", () =>
  withWriter(async (write) => {
    const args = [
      ...["--logits", await write.text("a.csv", TABLE)],
      ...["--labels", await write.list("Y.npy", [1, 2, 0, 2]), "--classes"],
    ];
    const { models: [{ logits }], remarks } = await load([
      ...args,
      "ant,cat,dog",
    ]);
    assert.deepEqual([...logits.data.subarray(0, 3)], [1, 3, 0]);
    assert.match(remarks[0], /into the order of --classes by name$/);
    assert.match(
      await refusal([...args, "ant,cat,eel"]),
      /^Cannot use .*a\.csv with --classes: .*: only .*a\.csv has dog, only --classes has eel$/,
    );
  }));

Deno.test("text labels are found in the names of the test rows", () =>
  withWriter(async (write) => {
    const table = TABLE.replace("cat,dog,ant", "P(cat),P(dog),P(ant)");
    const texts = await write.text("Y.csv", "label\ncat\ndog\nant\ndog\n");
    const { models: [{ validation }] } = await load([
      ...["--logits", await write.text("a.csv", table), "--labels", texts],
      ...[
        "--val-logits",
        await write.rows("v.npy", [[3, 0, 1], [0, 2, 1], [0, 1, 4], [0, 3, 1]]),
      ],
      ...["--val-labels", texts],
    ]);
    assert.deepEqual([...validation!.labels], [0, 1, 2, 1]);
  }));
