import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { compareReproductions } from "../../../lib/cli/reproduce/verify_again.ts";
import { inFolder } from "../program.ts";

/** A reproduction of one run and one synthetic data set. */
const FILES: Readonly<Record<string, string>> = {
  "quick/tables/07-cost.json": '[{"what": "networks", "seconds": 3}]',
  "quick/tables/07-cost.csv": "what,seconds\r\nnetworks,3\r\n",
  "quick/tables/03-scores.json": '[{"method": "ce", "ece": 0.02}]',
  "quick/figures/03-a.svg": "<svg/>",
  "runs/a/run.json": '{"seconds": 1}',
  "runs/a/logits-test.npy": "logits",
  "runs/a/model/weights.bin": "weights",
  "runs/synthetic-x/dataset-000.json": '{"seconds": 1, "result": 2}',
};

/** Compares that with one in which files have changed; null removes one. */
function compared(changes: Readonly<Record<string, string | null>>) {
  return inFolder(async (folder) => {
    const write = async (place: string, files: typeof changes) => {
      for (const [path, text] of Object.entries(files)) {
        if (text === null) continue;
        await Deno.mkdir(dirname(join(folder, place, path)), {
          recursive: true,
        });
        await Deno.writeTextFile(join(folder, place, path), text);
      }
      return {
        results: join(folder, place, "quick"),
        runs: join(folder, place, "runs"),
      };
    };
    const stored = await write("first", FILES);
    const recomputed = await write("second", { ...FILES, ...changes });
    return await compareReproductions(
      { name: "quick", runs: ["a", "synthetic-x"] },
      { stored, recomputed },
    );
  });
}

Deno.test("reproductions that differ in times agree", async () => {
  const { tables, numbers, figures, runs, arrays, differences } =
    await compared({
      "quick/tables/07-cost.json": '[{"what": "networks", "seconds": 4}]',
      "quick/tables/07-cost.csv": "what,seconds\r\nnetworks,4\r\n",
      "runs/a/run.json": '{"seconds": 2}',
      "runs/synthetic-x/dataset-000.json": '{"seconds": 9, "result": 2}',
    });
  assert.deepEqual(differences, []);
  assert.deepEqual([tables, numbers, figures, runs, arrays], [2, 1, 1, 2, 3]);
});

/** Changes, and the file that is named. */
const CHANGES: readonly [string, string | null, string][] = [
  [
    "quick/tables/03-scores.json",
    '[{"method": "ce", "ece": 0.020000000000000004}]',
    "tables/03-scores.json",
  ],
  ["quick/figures/03-a.svg", "<svg></svg>", "figures/03-a.svg"],
  ["quick/figures/03-a.svg", null, "figures/03-a.svg"],
  ["runs/a/logits-test.npy", "logitz", "a/logits-test.npy"],
  ["runs/a/model/weights.bin", "weightz", "a/model/weights.bin"],
  ["runs/a/model/weights.bin", null, "a/model/weights.bin"],
  [
    "runs/synthetic-x/dataset-000.json",
    '{"seconds": 1, "result": 3}',
    "synthetic-x/dataset-000.json",
  ],
];

for (const [path, text, named] of CHANGES) {
  const what = text === null ? "is missing" : "differs";
  Deno.test(`a reproduction whose ${path} ${what} does not agree`, async () => {
    const { differences } = await compared({ [path]: text });
    assert.deepEqual(differences.map(({ file }) => file), [named]);
  });
}
