import assert from "node:assert/strict";
import { join } from "node:path";
import { readNpy, writeNpy } from "../../../../lib/files/npy.ts";
import { ils, ilsJson, inFolder, writeInputs } from "../../program.ts";

const ARGS = "targets --logits L.npy --labels Y.npy --out T.npy".split(" ");

Deno.test("ils targets writes rows computed by hand as float32", () =>
  inFolder(async (cwd) => {
    await writeInputs(cwd, [[2, 1, 0], [0, 3, 1], [200, 3, 1]], [0, 0, 0]);
    const method = "--method ilsq --p1 0.8 --p2 2 --temperature 2".split(" ");
    const { code, stdout, stderr } = await ils([...ARGS, ...method], { cwd });
    assert.deepEqual([code, stderr], [0, ""]);
    assert.equal(
      stdout,
      "T.npy: 3 rows of 3 classes by ilsq, mean target of the true class 0.8946\n" +
        "Remark: All rows have label 0\n",
    );
    const { data, shape } = await readNpy(join(cwd, "T.npy"));
    assert.deepEqual(shape, [3, 3]);
    assert(data instanceof Float32Array);
    const expected = [0.96368, 0.022608, 0.013712];
    expected.forEach((value, k) => assert(Math.abs(data[k] - value) < 1e-6));
    // Amounts: 2 (0.042 - 0.8)^2 cut to 0.2, and 2 (1 - 0.8)^2.
    assert(Math.abs(data[3] - 0.8) < 1e-6);
    assert(Math.abs(data[6] - 0.92) < 1e-6);
  }));

Deno.test("ils targets --json prints the file, its shape and the complete method", () =>
  inFolder(async (cwd) => {
    await writeInputs(cwd);
    const method = "--method ils --epsilon 0.1".split(" ");
    const json = await ilsJson([...ARGS, ...method], { cwd });
    assert.deepEqual({ ...json, meanTrueTarget: 0 }, {
      out: "T.npy",
      rows: 3,
      classes: 3,
      method: {
        name: "ils",
        epsilon: 0.1,
        temperature: 1,
        scores: "probabilities",
      },
      meanTrueTarget: 0,
      remarks: [],
    });
    const { data } = await readNpy(join(cwd, "T.npy"));
    const trueTargets = [0, 4, 8].map((at) => Number(data[at]));
    const mean = trueTargets.reduce((a, b) => a + b) / 3;
    assert(Math.abs(json.meanTrueTarget - mean) < 1e-7);
  }));

Deno.test("--max_epsilon and --teacher-temperature reach the amount of ils1", () =>
  inFolder(async (cwd) => {
    await writeInputs(cwd, [[0, 3, 1], [Math.log(9) * 2, 0, -1e4]], [0, 0]);
    const method = "--method ils1 --p1 0.8 --p2 2 --max_epsilon 0.5 " +
      "--teacher_temperature=2";
    await ils([...ARGS, ...method.split(" ")], { cwd });
    const { data } = await readNpy(join(cwd, "T.npy"));
    // p is 0.137 of (0, 1.5, 0.5), and 9/10 of (ln 9, 0, -5000).
    const p = 1 / (1 + Math.exp(1.5) + Math.exp(0.5));
    const first = Math.min(0.5, 2 * (p - 0.8) ** 2);
    assert(Math.abs(Number(data[0]) - (1 - first)) < 1e-6);
    assert(Math.abs(Number(data[3]) - (1 - 2 * 0.1 ** 2)) < 1e-6);
  }));

/** Probabilities of two files, and their logits. */
const TWO = [
  [[0.5, 0.25, 0.25], [0.25, 0.5, 0.25], [0.2, 0.2, 0.6]],
  [[0.25, 0.5, 0.25], [0.75, 0.125, 0.125], [0.4, 0.2, 0.4]],
];

/** Writes A.npy, B.npy, Y.npy (0, 1, 2) and the folds F.npy. */
async function writeTwo(cwd: string, folds: number[]) {
  for (const [name, rows] of [["A", TWO[0]], ["B", TWO[1]]] as const) {
    await writeInputs(cwd, rows.map((row) => row.map(Math.log)));
    await Deno.rename(join(cwd, "L.npy"), join(cwd, `${name}.npy`));
  }
  const shape = [folds.length];
  await writeNpy(join(cwd, "F.npy"), { data: Int32Array.from(folds), shape });
}

async function targetRows(cwd: string): Promise<number[]> {
  const { data } = await readNpy(join(cwd, "T.npy"));
  return [...data].map((value) => Math.round(1e6 * Number(value)) / 1e6);
}

const MIX = "targets --labels Y.npy --method mix --lambda 1 --out T.npy " +
  "--logits A.npy,B.npy";

Deno.test("several --logits are averaged as probabilities", () =>
  inFolder(async (cwd) => {
    await writeTwo(cwd, [0]);
    const { code, stderr } = await ils(MIX.split(" "), { cwd });
    assert.equal(code, 0, stderr);
    assert.deepEqual(await targetRows(cwd), [
      ...[0.375, 0.375, 0.25],
      ...[0.5, 0.3125, 0.1875],
      ...[0.3, 0.2, 0.5],
    ]);
  }));

Deno.test("--folds takes each row from the file whose network did not see it", () =>
  inFolder(async (cwd) => {
    await writeTwo(cwd, [1, 0, 1]);
    const args = [...MIX.split(" "), "--folds", "F.npy"];
    const { code, stderr } = await ils(args, { cwd });
    assert.equal(code, 0, stderr);
    assert.deepEqual(await targetRows(cwd), [
      ...[0.25, 0.5, 0.25],
      ...[0.25, 0.5, 0.25],
      ...[0.4, 0.2, 0.4],
    ]);
  }));

Deno.test("ils targets --ignore-label leaves rows out, of folds and votes too", () =>
  inFolder(async (cwd) => {
    await writeTwo(cwd, [1, 0, 1]);
    await writeNpy(join(cwd, "Y.npy"), {
      ...{ data: Int32Array.of(0, 255, 2), shape: [3] },
    });
    await Deno.writeTextFile(join(cwd, "V.csv"), "1,1,2\n9,0,0\n1,1,2\n");
    const args = [...MIX.split(" "), "--folds", "F.npy", "--against", "V.csv"];
    const { code, stderr } = await ils(args, { cwd });
    assert.equal(code, 2);
    assert.match(
      stderr,
      /row 1 \(from 0\) is 255 but must be in 0 to 2; --ignore-label 255 leaves such rows out\n$/,
    );
    const json = await ilsJson([...args, "--ignore-label", "255"], { cwd });
    assert.equal(json.rows, 2);
    assert.equal(json.compared[0].targets.samples, 2);
    assert.deepEqual(json.remarks.slice(0, 1), [
      "Y.npy: 1 of 3 rows, with label 255, are left out",
    ]);
    assert.equal(
      json.remarks.at(-1),
      "T.npy: its rows are those that are not left out, in their order",
    );
    assert.deepEqual(await targetRows(cwd), [
      ...[0.25, 0.5, 0.25],
      ...[0.4, 0.2, 0.4],
    ]);
  }));

Deno.test("ils targets takes probabilities as such only with --probabilities", () =>
  inFolder(async (cwd) => {
    await writeTwo(cwd, [0]);
    await writeInputs(cwd, TWO[0]);
    const method = "--method mix --lambda 1".split(" ");
    const { code, stderr } = await ils([...ARGS, ...method], { cwd });
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^L\.npy: 3 of 3 rows look like probabilities .*; give --probabilities if they are, or --as-logits if they are logits\n$/,
    );
    await ilsJson([...ARGS, ...method, "--probabilities"], { cwd });
    const ofProbabilities = await targetRows(cwd);
    await ilsJson([...ARGS.with(2, "A.npy"), ...method], { cwd });
    assert.deepEqual(ofProbabilities, await targetRows(cwd));
    await ilsJson([...ARGS, ...method, "--as-logits"], { cwd });
    assert.notDeepEqual(ofProbabilities, await targetRows(cwd));
  }));

const WRONG_FOLDS: readonly [string, number[], RegExp][] = [
  [
    "a fold without a file",
    [0, 1, 2],
    /^Cannot read folds from F.npy: row 2 .* is 2 but must be in 0 to 1\n$/,
  ],
  [
    "a file without a fold",
    [1, 1, 1],
    /^Cannot select logits by fold: --logits has 2 files, but no row of --folds F.npy is 0\n$/,
  ],
  [
    "another number of rows",
    [1, 0],
    /^Cannot select logits by fold: --logits has 3 rows, but --folds F.npy has 2\n$/,
  ],
];
for (const [fault, folds, message] of WRONG_FOLDS) {
  Deno.test(`ils targets --folds refuses ${fault}`, () =>
    inFolder(async (cwd) => {
      await writeTwo(cwd, folds);
      const args = [...MIX.split(" "), "--folds", "F.npy"];
      const { code, stderr } = await ils(args, { cwd });
      assert.equal(code, 2);
      assert.match(stderr, message);
    }));
}

Deno.test("ils targets names the file of --logits whose shape differs", () =>
  inFolder(async (cwd) => {
    await writeTwo(cwd, [0]);
    await writeInputs(cwd, [[1, 2, 3]]);
    await Deno.rename(join(cwd, "L.npy"), join(cwd, "B.npy"));
    const { code, stderr } = await ils(MIX.split(" "), { cwd });
    assert.equal(code, 2);
    assert.equal(
      stderr,
      "Cannot combine B.npy with A.npy: it has 1 rows of 3 classes, " +
        "not 3 rows of 3 classes\n",
    );
  }));
