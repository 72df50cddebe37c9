import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import {
  mean,
  sampleStandardDeviation,
} from "../../../lib/statistics/summary.ts";
import { interruptWhen } from "../interrupt_when.ts";
import { ils, ilsJson, inFolder, start } from "../program.ts";

const TEACHER = "train --dataset excerpt --model mlp --limit 100 --lr 0.05 " +
  "--batch_size 20 --epochs 1 --seed 2";

/** The teacher's folder and id, trained once for all tests of this file. */
let trained: Promise<{ folder: string; id: string }> | undefined;

function teacher() {
  return trained ??= (async () => {
    const cwd = await Deno.makeTempDir();
    const folder = join(cwd, "teacher");
    const line = [...TEACHER.split(" "), "--out", folder];
    const { id } = await ilsJson(line, { cwd });
    return { folder, id };
  })();
}

Deno.test.afterAll(async () => {
  const folder = (await trained)?.folder;
  if (folder) await Deno.remove(dirname(folder), { recursive: true });
});

Deno.test("ils distill trains students with different seeds on the same split", () =>
  inFolder(async (cwd) => {
    // A teacher in another folder is not copied.
    const { folder: out, id } = await teacher();
    const line = `distill --teacher ${out} --student resnet8 --trials 2 ` +
      "--epochs 1 --batch_size 20 --scaled";
    const json = await ilsJson(line.split(" "), { cwd });
    assert.equal(json.teacher, id);
    assert.deepEqual(
      json.trials.map(({ id }: { id: string }) => id.replace(/-\w+$/, "")),
      [1, 2].map((seed) => `excerpt-resnet8-student-of-ce-scaled-s${seed}`),
    );
    const split = (folder: string) =>
      Deno.readFileSync(join(folder, "indices-train.npy"));
    for (const { folder } of json.trials) {
      assert.deepEqual(split(join(cwd, folder)), split(out));
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
    assert.equal(again.stdout.match(/^ {2}\S+ {2}\d+\.\d\d %$/gm)?.length, 2);
    assert.match(again.stdout, /^accuracy +\d+\.\d\d ± \d+\.\d\d %$/m);

    const diverging = `distill --teacher ${out} --student mlp --trials 1 ` +
      "--epochs 1 --batch_size 20 --lr 1000";
    const one = await ils(diverging.split(" "), { cwd });
    assert.match(one.stdout, /^1 student of excerpt-mlp-ce-s2-/);
    assert.match(one.stderr, /^\S+-s1-\w+: .* no better than guessing /m);
  }));

Deno.test("ils distill --calibrator trains on calibrated logits, with an id of its own", () =>
  inFolder(async (cwd) => {
    const { folder: out } = await teacher();
    const line = `distill --teacher ${out} --student mlp --trials 1 ` +
      "--epochs 1 --batch-size 20";
    const id = async (more: string) => {
      const { trials: [trial] } = await ilsJson(
        `${line} ${more}`.trim().split(" "),
        { cwd },
      );
      return trial.id as string;
    };
    assert.match(await id("--calibrator beta"), /-student-of-ce-beta-s1-/);
    assert.equal(await id("--calibrator temperature"), await id("--scaled"));
    const both = `${line} --scaled --calibrator beta`.split(" ");
    const { code, stderr } = await ils(both, { cwd });
    assert.equal(code, 2);
    assert.equal(stderr, "--scaled and --calibrator beta exclude each other\n");
  }));

/**
 * Starts students, one after the other, and sends SIGINT after the second one's
 * second epoch.
 */
function interrupted(args: readonly string[], cwd: string) {
  const child = start([...args, "--jobs", "1"], { cwd });
  return interruptWhen(
    child,
    (stderr) => /^\[1 of 2[^]* epoch 2 {2}/m.test(stderr),
    () => child.kill("SIGINT"),
  );
}

Deno.test("an interrupted ils distill resumes to the same students", () =>
  inFolder(async (cwd) => {
    const { folder: out } = await teacher();
    const students = (trials: number) =>
      (`distill --teacher ${out} --student lenet --trials ${trials} ` +
        "--epochs 12 --batch_size 20").split(" ");
    const args = students(2);
    const { code, stdout, stderr } = await interrupted(args, cwd);
    assert.deepEqual([code, stdout], [130, ""]);
    assert.match(
      stderr.trim(),
      /Stopped with 1 of 2 runs done; run the same command again to continue$/,
    );

    // One more trial is one more student.
    const resumed = await ils(students(3), { cwd });
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.doesNotMatch(resumed.stderr, /-s1-/);
    const started = resumed.stderr.split("\n").filter((line) =>
      / epoch 1 {2}/.test(line)
    );
    assert.equal(
      started.length,
      1,
      "only the third student starts from scratch",
    );
    await inFolder(async (elsewhere) => {
      const uninterrupted = await ilsJson(args, { cwd: elsewhere });
      const logits = (folder: string) =>
        Deno.readFileSync(join(folder, "logits-test.npy"));
      const [one, two] = uninterrupted.trials.map(
        ({ folder }: { folder: string }) => {
          const bytes = logits(join(elsewhere, folder));
          assert.deepEqual(bytes, logits(join(cwd, folder)));
          return bytes;
        },
      );
      assert.notDeepEqual(one, two, "different seeds give different networks");
    });
  }));
