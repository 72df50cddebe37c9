import assert from "node:assert/strict";
import { join } from "node:path";
import { writeNpy } from "../../../lib/files/npy.ts";
import { stream } from "../../../lib/random.ts";
import { LOSS_NAMES } from "../../../lib/training/loss_spec.ts";
import { readScalars } from "../../training/events.ts";
import { interruptWhen } from "../interrupt_when.ts";
import { ils, ilsJson, inFolder, start } from "../program.ts";

const TINY = "train --dataset excerpt --model mlp --limit 100 --lr 0.05 " +
  "--batch_size 20 --epochs 2";

const args = (more: string, base = TINY) => `${base} ${more}`.trim().split(" ");

const LOGITS = ["train", "val", "test"].map((part) => `logits-${part}.npy`);

function logitsIn(folder: string): Uint8Array[] {
  return LOGITS.map((name) => Deno.readFileSync(join(folder, name)));
}

Deno.test("ils train logs a line per epoch on standard error, and trains once", () =>
  inFolder(async (cwd) => {
    const first = await ils(args(""), { cwd });
    assert.equal(first.code, 0, first.stderr);
    const lines = first.stderr.trimEnd().split("\n");
    assert.equal(lines.length, 3);
    const [id] = lines[0].split("  ");
    assert.match(lines[0], / epoch 1 {2}loss \d.* images\/s/);
    assert.match(lines[1], / epoch 2 {2}loss /);
    assert.match(first.stdout, new RegExp(`^results/runs/${id}\nbest epoch `));
    const second = await ils(args(""), { cwd });
    assert.deepEqual(second, {
      code: 0,
      stdout: first.stdout,
      stderr: `${id} is already finished: nothing to do\n`,
    });
  }));

Deno.test("ils train --tensorboard writes the history of each network, teachers included", () =>
  inFolder(async (cwd) => {
    const more = args("--method ils --epsilon 0.1 --tensorboard tb");
    const { folder } = await ilsJson(more, { cwd });
    const logs = join(cwd, "tb");
    const ids = Array.from(Deno.readDirSync(logs), ({ name }) => name).sort();
    assert.deepEqual(ids.map((id) => id.split("-")[2]), ["ce", "ils"]);
    const history = Deno.readTextFileSync(join(cwd, folder, "history.jsonl"))
      .trimEnd().split("\n").map((line) => JSON.parse(line));
    const losses = () =>
      readScalars(join(logs, ids[1]))
        .filter(({ tag }) => tag === "loss/validation")
        .map(({ step, value }) => [step, value]);
    const expected = history.map((
      { epoch, validationLoss },
    ) => [epoch, Math.fround(validationLoss)]);
    assert.deepEqual(losses(), expected);
    await ilsJson(more, { cwd });
    assert.deepEqual(losses(), expected, "the run was already finished");
    const wrong = await ils(
      args("--tensorboard " + join(folder, "run.json")),
      { cwd },
    );
    assert.deepEqual([wrong.code, wrong.stdout], [2, ""]);
    assert.match(wrong.stderr, /^--tensorboard must name a folder: .*\n$/);
  }));

Deno.test("ils train --json prints the id, the folder and test metrics", () =>
  inFolder(async (cwd) => {
    const folder = join(cwd, "elsewhere", "run");
    const json = await ilsJson(
      args(`--seed 3 --ece_bins 5 --out ${folder}`),
      { cwd },
    );
    assert.match(json.id, /^excerpt-mlp-ce-s3-[0-9a-f]{10}$/);
    assert.equal(json.folder, folder);
    assert.deepEqual(
      [json.epochs, json.n, json.bins, json.validation.n],
      [2, 200, 5, 20],
    );
    assert.equal(json.scaled.bins, 5);
    assert.deepEqual([...Deno.readDirSync(cwd)].length, 1);
    const wrong = await ils(args(`--num_classes 9 --out ${folder}`), { cwd });
    assert.equal(wrong.code, 2);
    const other = await ils(args(`--seed 4 --out ${folder}`), { cwd });
    assert.equal(other.code, 2);
    assert.match(
      other.stderr,
      /^Cannot use .*: it contains run .*-s3-.*, not .*\n$/,
    );
  }));

Deno.test("ils train warns about a network at chance level, also when run again", () =>
  inFolder(async (cwd) => {
    const diverging =
      "train --dataset excerpt --model lenet --limit 100 --lr 0.5 " +
      "--batch_size 20 --epochs 1";
    for (const _ of ["trained", "found"]) {
      const { code, stderr } = await ils(args("", diverging), { cwd });
      assert.equal(code, 0);
      assert.match(
        stderr,
        /^\S+: validation accuracy 10.00 % is no better than guessing \(10.00 %\); a smaller --lr or more --epochs may help$/m,
      );
    }
  }));

Deno.test("a method with a teacher trains the ce run first, or uses --teacher", () =>
  inFolder(async (cwd) => {
    const auto = await ilsJson(args("--method ils"), { cwd });
    const runs = [...Deno.readDirSync(join(cwd, "results", "runs"))]
      .map(({ name }) => name).sort();
    assert.equal(runs.length, 2);
    assert.match(runs[0], /^excerpt-mlp-ce-s1-/);
    assert.equal(runs[1], auto.id);
    // The same teacher by its id gives the same run.
    const named = await ils(args(`--method ils --teacher ${runs[0]}`), { cwd });
    assert.match(named.stderr, /is already finished/);
    const teacher = join(cwd, "results", "runs", runs[0]);
    const byFolder = await ilsJson(
      args(`--method ils2 --teacher ${teacher} --seed 1`),
      { cwd },
    );
    assert.match(byFolder.id, /^excerpt-mlp-ils2-s1-/);
    const other = await ils(
      args(`--method ils2 --teacher ${teacher} --seed 2`),
      { cwd },
    );
    assert.equal(other.code, 2);
    assert.match(
      other.stderr,
      /^Cannot use .* as a teacher: it was not trained/,
    );
  }));

Deno.test("ils train --teacher accepts logits, identified by their content", () =>
  inFolder(async (cwd) => {
    const random = stream(1, "foreign teacher");
    const write = (name: string) =>
      writeNpy(join(cwd, name), {
        data: Float32Array.from({ length: 10_000 }, () => random.normal()),
        shape: [1000, 10],
      });
    await write("A.npy");
    await write("B.npy");
    await Deno.copyFile(join(cwd, "A.npy"), join(cwd, "C.npy"));
    const run = (file: string) =>
      ilsJson(args(`--method ils --teacher ${file}`), { cwd });
    const [a, b, c] = [
      await run("A.npy"),
      await run("B.npy"),
      await run("C.npy"),
    ];
    assert.equal(c.id, a.id);
    assert.notEqual(b.id, a.id);
    const runs = [...Deno.readDirSync(join(cwd, "results", "runs"))];
    assert.equal(runs.length, 2);
  }));

Deno.test("every loss, and self-distillation, trains with its defaults", () =>
  inFolder(async (cwd) => {
    const quick = "train --dataset excerpt --model mlp --limit 60 --lr 0.05 " +
      "--batch_size 20 --epochs 1";
    const names = ["self-distillation", ...LOSS_NAMES];
    for (const name of names) {
      const json = await ilsJson(args(`--method ${name}`, quick), { cwd });
      assert.match(json.id, new RegExp(`^excerpt-mlp-${name}-s1-[0-9a-f]+$`));
      assert.equal(json.epochs, 1);
      assert(Number.isFinite(json.logLoss), name);
    }
    // The ce run is the teacher of self-distillation; losses have no teacher.
    assert.equal(runsIn(cwd).length, 1 + names.length);
  }));

const LONG = `${TINY} --epochs 40 --method ls --estop 0`
  .replace("--epochs 2 ", "");

/** Starts a long training and sends it a signal after its second epoch. */
function interrupted(out: string, signal: Deno.Signal, cwd: string) {
  const child = start(args(`--out ${out}`, LONG), { cwd });
  return interruptWhen(
    child,
    (stderr) => stderr.includes("epoch 2  "),
    () => child.kill(signal),
  );
}

Deno.test("an interrupted training resumes to the same bytes as an uninterrupted one", () =>
  inFolder(async (cwd) => {
    const uninterrupted = join(cwd, "uninterrupted");
    const broken = join(cwd, "broken");
    const one = await ilsJson(args(`--out ${uninterrupted}`, LONG), { cwd });
    assert.equal(one.epochs, 40);
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const { code, stdout, stderr } = await interrupted(
        broken,
        signal,
        cwd,
      );
      assert.equal(code, signal === "SIGINT" ? 130 : 143);
      assert.equal(stdout, "");
      assert.match(
        stderr.trimEnd().split("\n").at(-1)!,
        /^Stopped at epoch \d+, step \d+; use --resume to continue$/,
      );
      const names = [...Deno.readDirSync(broken)].map(({ name }) => name);
      assert.deepEqual(names, ["checkpoint"]);
      // Without --resume, the second one starts over and logs it.
      assert.match(stderr, / epoch 1 {2}/);
      assert.equal(
        stderr.includes(
          "contains a checkpoint: starting over without --resume",
        ),
        signal === "SIGTERM",
      );
    }
    const otherRun = await ils(
      args(`--out ${broken} --resume --seed 9`, LONG),
      { cwd },
    );
    assert.equal(otherRun.code, 2);
    assert.match(otherRun.stderr, /^Cannot resume from .*: it belongs to run /);
    const resumed = await ils(args(`--out ${broken} --resume`, LONG), { cwd });
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.doesNotMatch(resumed.stderr, / epoch 1 {2}/);
    assert.deepEqual(logitsIn(broken), logitsIn(uninterrupted));
  }));

/** Returns the names of the runs without their hashes. */
function runsIn(cwd: string): string[] {
  return [...Deno.readDirSync(join(cwd, "results", "runs"))]
    .map(({ name }) => name.replace(/-\w+$/, "")).sort();
}

Deno.test("--teacher-ensemble and --generations train two generations of two networks", () =>
  inFolder(async (cwd) => {
    const flags = "--method mix --lambda 1 --teacher-ensemble 2";
    const first = await ilsJson(args(flags), { cwd });
    assert.deepEqual(runsIn(cwd), [
      ...["excerpt-mlp-ce-s1", "excerpt-mlp-ce-s2", "excerpt-mlp-mix-s1"],
    ]);
    const second = await ilsJson(args(`${flags} --generations 2`), { cwd });
    // The first generation exists; the second one and the run are new.
    assert.deepEqual(runsIn(cwd), [
      ...["excerpt-mlp-ce-s1", "excerpt-mlp-ce-s2", "excerpt-mlp-mix-s1"],
      ...["excerpt-mlp-mix-s1", "excerpt-mlp-mix-s2"],
    ]);
    assert.notEqual(second.id, first.id);
    const again = await ils(args(`${flags} --generations 1`), { cwd });
    assert.equal(
      again.stderr,
      `${first.id} is already finished: nothing to do\n`,
    );
  }));

Deno.test("--teacher-folds trains a network per fold with --teacher-method", () =>
  inFolder(async (cwd) => {
    const flags = "--method ils2 --teacher-folds 2 --teacher-repeats 2 " +
      "--teacher-method ls --teacher-epsilon 0.2";
    const { id } = await ilsJson(args(flags), { cwd });
    assert.deepEqual(runsIn(cwd), [
      ...["excerpt-mlp-ils2-s1", "excerpt-mlp-ls-s1", "excerpt-mlp-ls-s1"],
      ...["excerpt-mlp-ls-s2", "excerpt-mlp-ls-s2"],
    ]);
    const { spec } = JSON.parse(
      Deno.readTextFileSync(join(cwd, "results", "runs", id, "run.json")),
    );
    const { crossFitted, ...split } = spec.teacher;
    assert.deepEqual(split, { kind: "cross-fitted", folds: 2, repeats: 2 });
    assert.deepEqual(crossFitted.objective.method, {
      name: "ls",
      epsilon: 0.2,
    });
  }));
