import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { VoteScores } from "../../../../lib/smoothing/compare_with_votes.ts";
import { ils, ilsJson, inFolder, writeInputs } from "../../program.ts";

const ARGS = "targets --logits L.npy --labels Y.npy --against V.csv";
const ILS2 = `${ARGS} --method ils2 --epsilon 0.2`.split(" ");
const LOG3 = Math.log(3);

/** Writes a teacher of class 0 with a shape of (3/4, 1/4), twice, and votes. */
async function writeVotes(cwd: string, votes: string) {
  await writeInputs(cwd, [[0, LOG3, 0], [0, LOG3, 0]], [0, 0]);
  await Deno.writeTextFile(join(cwd, "V.csv"), votes);
}

Deno.test("ils targets --against prints cross-entropies computed by hand", () =>
  inFolder(async (cwd) => {
    await writeVotes(cwd, "5,4,1\n0,0,0\n");
    const { code, stdout, stderr } = await ils(ILS2, { cwd });
    assert.equal(code, 0, stderr);
    assert.equal(stderr, "");
    // -(0.5 ln 0.8 + 0.4 ln 0.15 + 0.1 ln 0.05) and
    // -(0.5 ln 0.5 + 0.4 ln 0.4 + 0.1 ln 0.1);
    // -(0.8 ln 0.75 + 0.2 ln 0.25) and -(0.8 ln 0.8 + 0.2 ln 0.2).
    assert.equal(
      stdout,
      "ils2 at temperature 1: cross-entropy to the votes 1.1700, their " +
        "entropy 0.9433, 1 rows\n" +
        "ils2 at temperature 1, shape over the wrong classes: cross-entropy " +
        "to the votes 0.5074, their entropy 0.5004, 1 rows with at least 5 " +
        "votes for these\n" +
        "Remark: All rows have label 0\n" +
        "Remark: V.csv: 1 rows without votes are left out\n",
    );
    assert.equal(existsSync(join(cwd, "T.npy")), false);
  }));

Deno.test("ils targets --against --out --json writes the targets and prints both", () =>
  inFolder(async (cwd) => {
    await writeVotes(cwd, "6,3,1\n7,2,1\n");
    const json = await ilsJson([...ILS2, "--out", "T.npy"], { cwd });
    // Within 1e-7, as L.npy is in float32.
    const [compared] = json.compared;
    const { crossEntropy, ...rest } = compared.targets;
    const [first, second] = [[0.6, 0.3, 0.1], [0.7, 0.2, 0.1]].map(
      ([a, b, c]) =>
        -a * Math.log(0.8) - b * Math.log(0.15) - c * Math.log(0.05),
    );
    assert(Math.abs(crossEntropy - (first + second) / 2) < 1e-7);
    assert.equal(rest.samples, 2);
    // No row has five votes for wrong classes.
    assert.equal(compared.shape, null);
    assert.equal(compared.withoutVotes, 0);
    assert.deepEqual([json.against, json.out], ["V.csv", "T.npy"]);
    assert(existsSync(join(cwd, "T.npy")));
  }));

Deno.test("ils targets --against compares several temperatures", () =>
  inFolder(async (cwd) => {
    await writeVotes(cwd, "1,6,3\n1,6,3\n");
    const { rows, classes, compared, ...rest } = await ilsJson(
      [...ILS2, "--temperature", "1,2"],
      { cwd },
    );
    const remarks = ["All rows have label 0"];
    assert.deepEqual([rows, classes], [2, 3]);
    assert.deepEqual(rest, { against: "V.csv", remarks });
    const found = (compared as { method: object; shape: VoteScores }[])
      .map(({ method, shape }) => [method, shape.crossEntropy.toFixed(5)]);
    // At temperature 2 the shape is proportional to (sqrt 3, 1).
    const expected = [[0.75, 1], [Math.sqrt(3) / (1 + Math.sqrt(3)), 2]]
      .map(([p, temperature]) => [
        { name: "ils2", epsilon: 0.2, temperature },
        (-(2 / 3) * Math.log(p) - (1 / 3) * Math.log(1 - p)).toFixed(5),
      ]);
    assert.deepEqual(found, expected);
  }));

const WRONG: readonly [string, string, RegExp][] = [
  [
    "votes of another number of rows",
    "5,4,1\n",
    /^Cannot compare with votes: --logits has 2 rows, but --against V.csv has 1\n$/,
  ],
  [
    "votes of another number of classes",
    "5,4\n5,4\n",
    /^Cannot read votes from V.csv: it must have 3 counts in a row, .*: it has 2\n$/,
  ],
  [
    "a file without votes",
    "0,0,0\n0,0,0\n",
    /^Cannot compare with votes: no sample has any\n$/,
  ],
];
for (const [fault, votes, message] of WRONG) {
  Deno.test(`ils targets --against refuses ${fault}`, () =>
    inFolder(async (cwd) => {
      await writeVotes(cwd, votes);
      const args = [...ILS2, "--out", "T.npy"];
      const { code, stdout, stderr } = await ils(args, { cwd });
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, message);
      assert.equal(existsSync(join(cwd, "T.npy")), false);
    }));
}
