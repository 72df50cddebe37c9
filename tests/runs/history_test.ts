import assert from "node:assert/strict";
import { join } from "node:path";
import { readRunHistory } from "../../lib/runs/store.ts";
import { inFolder } from "../cli/program.ts";
import { fakeRun, STUDY } from "./fake_runs.ts";

const EPOCH = {
  epoch: 1,
  learningRate: 0.1,
  trainLoss: 2.3,
  validationLoss: 2.1,
  validationAccuracy: 0.3,
  seconds: 1.5,
  imagesPerSecond: 100,
};

const line = (changes: object) => JSON.stringify({ ...EPOCH, ...changes });

Deno.test("readRunHistory() names the damaged line and key", () => {
  const cases: [text: string, fault: string][] = [
    [
      `${line({})}\n${line({ epoch: 2 }).slice(0, 40)}`,
      " line 2: it is cut short",
    ],
    [`${line({})}\n[]\n`, " line 2: it must be an object: found a list"],
    ["<html>\n", " line 1: it is not JSON"],
    ['{"loss":1}\n', " line 1: epoch is missing: it must be a number"],
    [line({ epoch: 0 }), " line 1: epoch must be at least 1: found 0"],
    [
      line({ trainLoss: null }),
      " line 1: trainLoss must be a number: found null",
    ],
    [
      line({ validationAccuracy: 30 }),
      " line 1: validationAccuracy must be at most 1: found 30",
    ],
  ];
  return inFolder(async (folder) => {
    const run = { ...fakeRun(STUDY), folder };
    const path = join(folder, "history.jsonl");
    await assert.rejects(readRunHistory(run), {
      name: "BadInput",
      message: `Cannot read ${path}: there is no such file`,
    });
    for (const [text, fault] of cases) {
      await Deno.writeTextFile(path, text);
      await assert.rejects(readRunHistory(run), {
        name: "BadInput",
        message: `${path}${fault}`,
      });
    }
    // A key of another version is dropped.
    await Deno.writeTextFile(
      path,
      `${line({ later: 1 })}\n${line({ epoch: 2 })}\n`,
    );
    const history = await readRunHistory(run);
    assert.deepEqual(history, [EPOCH, { ...EPOCH, epoch: 2 }]);
  });
});
