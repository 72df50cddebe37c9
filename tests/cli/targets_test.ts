import assert from "node:assert/strict";
import { join } from "node:path";
import { readNpy } from "../../lib/npy.ts";
import { ils, ilsJson, inFolder, writeInputs } from "./program.ts";

const ARGS = "targets --logits L.npy --labels Y.npy --out T.npy".split(" ");

Deno.test("ils targets writes the worked rows as float32, and says so", () =>
  inFolder(async (cwd) => {
    await writeInputs(cwd, [[2, 1, 0], [0, 3, 1], [200, 3, 1]], [0, 0, 0]);
    const method = "--method ilsq --p1 0.8 --p2 2 --temperature 2".split(" ");
    const { code, stdout, stderr } = await ils([...ARGS, ...method], { cwd });
    assert.deepEqual([code, stderr], [0, ""]);
    assert.equal(
      stdout,
      "T.npy: 3 rows of 3 classes by ilsq, 0.8946 on the true class in the mean\n",
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

Deno.test("ils targets --json tells the file, its shape and the method in full", () =>
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
    });
    const { data } = await readNpy(join(cwd, "T.npy"));
    const kept = [0, 4, 8].map((at) => Number(data[at]));
    const mean = kept.reduce((a, b) => a + b) / 3;
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
