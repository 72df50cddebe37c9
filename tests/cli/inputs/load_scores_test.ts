/** Several models, several sets of rows, and remarks on them. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { load, refusal, scores, withWriter } from "./scores.ts";

const ROWS = [[3, 0, 1], [0, 2, 1], [0, 1, 4], [0, 3, 1]];
const OTHER = [[1, 0, 2], [0, 4, 1], [1, 0, 5], [0, 2, 3]];
const LABELS = [0, 1, 2, 1];

Deno.test("models are named by flags, or by what distinguishes their paths", () =>
  withWriter(async (write) => {
    const labels = ["--labels", await write.list("Y.npy", LABELS)];
    const a = await write.rows("a.npy", ROWS);
    const b = await write.rows("b.npy", OTHER);
    const namesOf = async (...flags: string[]) => {
      const { models } = await load([...flags, ...labels]);
      return models.map(({ name, logits }) => [name, logits.data[0]]);
    };
    assert.deepEqual(await namesOf("--logits", a), [["a", 3]]);
    assert.deepEqual(await namesOf("--logits", `${a},${b}`), [["a", 3], [
      "b",
      1,
    ]]);
    assert.deepEqual(
      await namesOf("--logits", `resnet=${a}`, "--logits", `my vit=${b}`),
      [["resnet", 3], ["my vit", 1]],
    );
    assert.deepEqual(await namesOf("--logits", `x=${a},${b}`), [
      ["x", 3],
      ["b", 1],
    ]);
    assert.equal((await namesOf("--logits", `${a},other=${a}`)).length, 2);
    assert.match(
      await refusal(["--logits", `x=${a},x=${b}`, ...labels]),
      /^--logits must name each model once: x is twice$/,
    );
  }));

Deno.test("models of one name are told apart by key or folder", async () => {
  const labels = ["--labels", scores("labels.npy")];
  const both = [scores("f32.safetensors"), scores("f16.safetensors")];
  const { models } = await load([
    ...["--logits", both.join(","), ...labels],
  ]);
  assert.deepEqual(models.map(({ name }) => name), ["f32", "f16"]);
  const keyed = await load([
    ...["--logits", scores("table.csv:logit_*"), ...labels],
    ...["--logits", scores("table.csv:0..2")],
  ]);
  assert.deepEqual(keyed.models.map(({ name }) => name), [
    "table:logit_*",
    "table:0..2",
  ]);
});

Deno.test("paths may contain commas, blanks, = and colons", () =>
  withWriter(async (write) => {
    const labels = await write.list("true, classes=y.npy", LABELS);
    const odd = await write.rows("run 1, lr=0.1: a.npy", ROWS);
    const plain = await write.rows("b.npy", OTHER);
    for (
      const flags of [
        ["--logits", `${odd},${plain}`],
        ["--logits", `${plain},${odd}`],
        ["--logits", odd, "--logits", plain],
        ["--logits", `a=${odd},b=${plain}`],
      ]
    ) {
      const { models } = await load([...flags, "--labels", labels]);
      assert.equal(models.length, 2, flags.join(" "));
    }
    const { models: [{ also, validation }] } = await load([
      ...["--logits", plain, "--labels", labels],
      ...["--val-logits", odd, "--val-labels", labels],
      ...["--also", `shifted=${odd},${labels}`],
    ]);
    assert.equal(also[0].name, "shifted");
    assert.deepEqual([...also[0].logits.data], ROWS.flat());
    assert.deepEqual([...validation!.logits.data], ROWS.flat());
  }));

Deno.test("validation and further test sets have scores of each model", () =>
  withWriter(async (write) => {
    const y = await write.list("Y.npy", LABELS);
    const z = await write.list("Z.npy", [2, 1]);
    const a = await write.rows("a.npy", ROWS);
    const b = await write.rows("b.npy", OTHER);
    const va = await write.rows("va.npy", [[0, 1, 7], [0, 8, 1]]);
    const vb = await write.rows("vb.npy", [[0, 1, 5], [0, 6, 1]]);
    const two = ["--logits", `A=${a},B=${b}`, "--labels", y];
    const { models } = await load([
      ...[...two, "--val-logits", `B=${vb},A=${va}`, "--val-labels", z],
      ...[
        "--also",
        `shifted=${va},${vb},${z}`,
        "--also",
        `same=${a},${b},${y}`,
      ],
    ]);
    const firsts = models.map(({ validation, also }) => [
      validation!.logits.data[2],
      ...also.map(({ name, logits }) => [name, logits.data.at(-1)]),
    ]);
    assert.deepEqual(firsts, [
      [7, ["shifted", 1], ["same", 1]],
      [5, ["shifted", 1], ["same", 3]],
    ]);
    const inOrder = await load([
      ...[...two, "--val-logits", va, "--val-logits", vb, "--val-labels", z],
    ]);
    assert.equal(inOrder.models[1].validation!.logits.data[2], 5);
    const wrong: [string[], RegExp][] = [
      [
        ["--val-logits", va, "--val-labels", z],
        /^--val-logits must have a file for each model of --logits: it has 1, not 2$/,
      ],
      [
        ["--val-logits", `A=${va},C=${vb}`, "--val-labels", z],
        /^--val-logits must name the models of --logits: B is missing$/,
      ],
      [
        ["--val-logits", `B=${vb},${va}`, "--val-labels", z],
        /^--val-logits must name all of its files or none, as NAME=FILE: .*va\.npy has no name$/,
      ],
      [
        [
          ...["--val-logits", await write.rows("B.npy", [[0, 1, 7]])],
          ...["--val-logits", await write.rows("A.npy", [[0, 1, 7]])],
          ...["--val-labels", z],
        ],
        /^--val-logits must have the order of --logits, or names as NAME=FILE: its files are called B, A, and those of --logits A, B$/,
      ],
      [["--val-logits", va], /^--val-logits and --val-labels need each other$/],
      [
        ["--also", `x=${va},${z}`],
        /^--also x must have the 2 models' scores and the labels: it has 2 files$/,
      ],
      [["--also", `${va},${z}`], /^--also must be NAME=L,Y: current value is /],
      [
        ["--also", `x=${a},${b},${y}`, "--also", `x=${a},${b},${y}`],
        /^--also must not repeat a name: x is twice$/,
      ],
      [
        ["--also", `x=${a},${va},${y}`],
        /^Cannot combine .*va\.npy with .*a\.npy: it has 2 rows of 3 classes, not 4 rows of 3 classes$/,
      ],
    ];
    for (const [flags, message] of wrong) {
      assert.match(await refusal([...two, ...flags]), message);
    }
    const narrow = await write.rows("narrow.npy", [[0, 7], [8, 1]]);
    assert.match(
      await refusal([
        ...["--logits", a, "--labels", y, "--val-logits", narrow],
        ...["--val-labels", await write.list("N.npy", [0, 1])],
      ]),
      /^Cannot use .*narrow\.npy with .*a\.npy: it has 2 classes, not 3$/,
    );
  }));

Deno.test("one file may contain scores and labels of a further test set", async () => {
  const { models: [{ also }] } = await load([
    ...["--logits", scores("logits.npy"), "--labels", scores("labels.npy")],
    ...["--also", `table=${scores("table.csv")}`],
    ...["--also", `archive=${scores("jax.npz")}`],
  ]);
  assert.deepEqual([...also[0].logits.data], [...also[1].logits.data]);
  assert.deepEqual(also[0].labels, also[1].labels);
});

Deno.test("remarks name suspicious rows of each model", () =>
  withWriter(async (write) => {
    const y = await write.list("Y.npy", LABELS);
    const a = await write.rows("a.npy", ROWS);
    const b = await write.rows("b.npy", ROWS.map((row) => row.map((z) => -z)));
    const { remarks } = await load([
      ...["--logits", `good=${a},bad=${b}`, "--labels", y],
      ...["--val-logits", `good=${a},bad=${b}`],
      ...["--val-labels", await write.list("V.npy", [2, 1, 2, 1])],
    ]);
    assert.deepEqual(remarks, [
      "None of the validation rows has a label of class 0",
      "4 of 4 validation rows are also test rows: calibrators must not be " +
      "fitted to rows that they are measured on",
      "Test accuracy of bad 0.00 % is no better than chance (31.25 %): are the " +
      "labels shifted, or the rows in another order?",
      "Validation accuracy of bad 0.00 % is no better than chance (12.50 %): " +
      "with labels lower by 1 it would be 75.00 %",
    ]);
  }));

Deno.test("remarks name suspicious rows of a further test set", () =>
  withWriter(async (write) => {
    const y = await write.list("Y.npy", LABELS);
    const a = await write.rows("a.npy", ROWS);
    const { remarks } = await load([
      ...["--logits", a, "--labels", y],
      ...["--also", `odd=${a},${await write.list("Z.npy", [1, 2, 0, 2])}`],
    ]);
    assert.deepEqual(remarks, [
      "Odd accuracy 0.00 % is no better than chance (31.25 %): with labels " +
      "lower by 1 it would be 75.00 %",
    ]);
  }));

Deno.test("files that must not be overwritten are all those that were read", async () => {
  const paths = ["logits.npy", "labels.npy", "table.csv", "jax.npz"].map(
    scores,
  );
  const { files } = await load([
    ...["--logits", paths[0], "--labels", paths[1]],
    ...[
      "--val-logits",
      `${paths[2]}:0..2`,
      "--val-labels",
      `${paths[2]}:label`,
    ],
    ...["--also", `x=${paths[3]}`],
  ]);
  assert.deepEqual(files, [
    ...paths.slice(0, 2),
    ...[`${paths[2]}:0..2`, `${paths[2]}:label`, paths[3], paths[3]],
  ]);
});

Deno.test("flags of files exclude --run", async () => {
  assert.match(
    await refusal(["--run", "R", "--probabilities"]),
    /^--run R has its own logits and labels: leave out --probabilities$/,
  );
  assert.match(
    await refusal(["--logits", join("none", "L.npy")]),
    /^--logits needs --labels Y\.npy, the true classes of its rows$/,
  );
});
