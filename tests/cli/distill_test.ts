import assert from "node:assert/strict";
import { join } from "node:path";
import { mean, sampleStandardDeviation } from "../../lib/statistics.ts";
import { ils, ilsJson, inFolder } from "./program.ts";

const TEACHER = "train --dataset excerpt --model mlp --limit 100 --lr 0.05 " +
  "--batch_size 20 --epochs 1 --seed 2";

Deno.test("ils distill trains students with seeds of their own on one split", () =>
  inFolder(async (cwd) => {
    // A teacher that lives elsewhere stays there.
    const out = join(cwd, "teacher");
    const teacher = await ilsJson([...TEACHER.split(" "), "--out", out], {
      cwd,
    });
    const line = `distill --teacher ${out} --student lenet --trials 2 ` +
      "--epochs 1 --batch_size 20 --scaled";
    const json = await ilsJson(line.split(" "), { cwd });
    assert.equal(json.teacher, teacher.id);
    assert.deepEqual(
      json.trials.map(({ id }: { id: string }) => id.replace(/-\w+$/, "")),
      [1, 2].map((seed) => `excerpt-lenet-student-of-ce-scaled-s${seed}`),
    );
    const split = (folder: string) =>
      Deno.readFileSync(join(cwd, folder, "indices-train.npy"));
    for (const { folder } of json.trials) {
      assert.deepEqual(split(folder), split("teacher"));
    }
    const accuracies = json.trials.map((t: { accuracy: number }) => t.accuracy);
    assert.deepEqual(json.accuracy, {
      mean: mean(accuracies),
      stdev: sampleStandardDeviation(accuracies),
    });
    const runs = [...Deno.readDirSync(join(cwd, "results", "runs"))];
    assert.equal(runs.length, 2);

    const again = await ils(line.split(" "), { cwd });
    assert.doesNotMatch(again.stderr, / epoch /);
    assert.match(again.stdout, /^2 students of excerpt-mlp-ce-s2-/);
    assert.match(again.stdout, /^accuracy +\d+\.\d\d ± \d+\.\d\d %$/m);

    const dead = `distill --teacher ${out} --student mlp --trials 1 ` +
      "--epochs 1 --batch_size 20 --lr 1000";
    const one = await ils(dead.split(" "), { cwd });
    assert.match(one.stdout, /^1 student of excerpt-mlp-ce-s2-/);
    assert.match(one.stderr, /^\S+-s1-\w+: .* no better than guessing /m);
  }));
