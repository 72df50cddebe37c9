import assert from "node:assert/strict";
import { join } from "node:path";
import { BadInput } from "../../../lib/bad_input.ts";
import { parseFlags } from "../../../lib/cli/flags/command_line.ts";
import { tune } from "../../../lib/cli/commands/tune/tune.ts";
import {
  readCheckpoint,
  writeCheckpoint,
} from "../../../lib/training/checkpoint_file.ts";
import { interruptWhen } from "../interrupt_when.ts";
import {
  ils,
  ilsJson,
  inFolder,
  listing,
  start,
  writeInputs,
} from "../program.ts";

const TUNE = "tune --dataset excerpt --model mlp --limit 60 --lr 0.02 " +
  "--batch-size 10 --seeds 1";
const SHORT = `${TUNE} --epochs 1`;
const GRID = "--methods ls,ils2 --epsilon 0.05,0.1 --temperature 2";

const args = (more: string, base = SHORT) => `${base} ${more}`.split(" ");

/** Returns the ids of the trained runs according to standard error. */
function trainedIn(stderr: string): string[] {
  const end = /^(?:\[\d+ of \d+.*\] )?(\S+) {2}validation log loss /gm;
  return [...stderr.matchAll(end)].map((match) => match[1]);
}

const read = (...path: string[]) =>
  JSON.parse(Deno.readTextFileSync(join(...path)));

function bytesBelow(folder: string): number {
  return Object.values(listing(folder))
    .filter((content) => content !== "folder")
    .reduce((sum, hex) => sum + hex.length / 2, 0);
}

Deno.test("ils tune estimates the cost, trains each run once, and chooses by validation", () =>
  inFolder(async (cwd) => {
    const plan = await ilsJson(args(`${GRID} --dry-run`), { cwd });
    assert.deepEqual(listing(cwd), {});
    assert.deepEqual(
      plan.runs.map((run: Record<string, unknown>) => [
        ...[run.method, run.numbers, run.seed, run.candidate, run.state],
      ]),
      [
        ["ls", { epsilon: 0.05 }, 1, true, "missing"],
        ["ls", { epsilon: 0.1 }, 1, true, "missing"],
        ["ce", {}, 1, false, "missing"],
        ["ils2", { epsilon: 0.05, temperature: 2 }, 1, true, "missing"],
        ["ils2", { epsilon: 0.1, temperature: 2 }, 1, true, "missing"],
      ],
    );
    assert.deepEqual(
      [plan.finished, plan.secondsFrom],
      [0, { kind: "steps", steps: 4 }],
    );
    assert.ok(plan.seconds > 0);
    const { stdout: listed } = await ils(args(`${GRID} --dry-run`), { cwd });
    assert.deepEqual(listed.split("\n"), [
      "ls epsilon 0.05 seed 1: not trained",
      "ls epsilon 0.1 seed 1: not trained",
      "ce seed 1, teacher: not trained",
      "ils2 epsilon 0.05 temperature 2 seed 1: not trained",
      "ils2 epsilon 0.1 temperature 2 seed 1: not trained",
      "",
    ]);
    const ids = plan.runs.map(({ id }: { id: string }) => id);

    const { code, stdout, stderr } = await ils(args(`${GRID} --json`), { cwd });
    assert.equal(code, 0, stderr);
    assert.match(
      stderr,
      /^5 runs, 0 finished; the others take about \d.* s \(from 4 measured training steps; less with early stopping\) and \d+\.\d MB of disk\n/,
    );
    assert.deepEqual(trainedIn(stderr).sort(), ids.toSorted());
    // Test results of runs that are not chosen are not shown.
    assert.doesNotMatch(stderr, /ECE/);
    const bytes = bytesBelow(join(cwd, "results", "runs"));
    assert.ok(bytes / plan.bytes > 1 && bytes / plan.bytes < 1.1, `${bytes}`);

    const { folder, chosen, runs } = JSON.parse(stdout);
    assert.match(folder, /^results\/tune\/excerpt-mlp-ls-ils2-[0-9a-f]{10}$/);
    for (const run of runs) {
      const { validation } = read(cwd, "results", "runs", run.run, "run.json");
      assert.equal(run.state, "done");
      assert.equal(run.validationLogLoss, validation.plain.logLoss);
    }
    for (
      const [point, [one, two]] of [
        [chosen[0], runs.slice(0, 2)],
        [chosen[1], runs.slice(3)],
      ]
    ) {
      const better = one.validationLogLoss <= two.validationLogLoss ? one : two;
      assert.deepEqual(point.runs, [better.run]);
      assert.equal(point.numbers.epsilon, better.epsilon);
      assert.deepEqual(point.atEdge, ["epsilon"]);
      const record = read(cwd, "results", "runs", better.run, "run.json");
      const { plain, calibrated: [{ parameters, metrics }] } = record.test;
      assert.equal(point.test.logLoss, plain.logLoss);
      assert.equal(point.scaled.logLoss, metrics.logLoss);
      assert.equal(point.scaled.temperature, parameters.temperature);
    }
    const names = [...Deno.readDirSync(join(cwd, folder))]
      .map(({ name }) => name).sort();
    assert.deepEqual(
      names,
      ["SHA256SUMS", "chosen.json", "ils2.svg", "ls.svg"]
        .concat("table.csv", "table.md", "tune.json"),
    );
    assert.deepEqual(read(cwd, folder, "tune.json"), runs);
    assert.deepEqual(read(cwd, folder, "chosen.json"), chosen);

    const before = listing(join(cwd, "results", "runs"));
    const again = await ils(args(`${GRID} --json`), { cwd });
    assert.deepEqual([again.code, again.stdout], [0, stdout]);
    assert.equal(again.stderr, "5 runs, 5 finished: nothing to train\n");
    assert.deepEqual(listing(join(cwd, "results", "runs")), before);
    const more = await ilsJson(
      args(`${GRID} --seeds 2 --dry-run`, SHORT.replace(" --seeds 1", "")),
      { cwd },
    );
    assert.deepEqual(more.secondsFrom, { kind: "runs", runs: 5 });
  }));

const LONG = `${TUNE} --epochs 40 --estop 0 --methods ls --epsilon 0.05,0.1`
  .replace("--batch-size 10", "--batch-size 4");

/**
 * Starts `ils tune`, one run after the other, and sends it a signal in its
 * second run's third epoch.
 */
function interrupted(cwd: string, signal: Deno.Signal) {
  const child = start([...LONG.split(" "), "--jobs", "1"], { cwd });
  return interruptWhen(
    child,
    (stderr) => /^\[1 of 2[^]*\n\S+ {2}epoch 2 {2}/m.test(stderr),
    () => child.kill(signal),
  );
}

/** Fills the first weights of a checkpoint with NaN. */
async function poison(path: string, run: string): Promise<void> {
  const place = { path, run };
  const { position, arrays } = (await readCheckpoint(place))!;
  const { shape, data } = arrays["weights.0"];
  const weights = { shape, data: new Float32Array(data.length).fill(NaN) };
  await writeCheckpoint(place, {
    position,
    arrays: { ...arrays, "weights.0": weights },
  });
}

Deno.test("a run whose run.json is damaged fails, and ils tune chooses among the others", () =>
  inFolder(async (cwd) => {
    const grid = "--methods ls --epsilon 0.05,0.1";
    const plan = await ilsJson(args(`${grid} --dry-run`), { cwd });
    const [damaged, sound] = plan.runs.map(({ id }: { id: string }) => id);
    const path = join("results", "runs", damaged, "run.json");
    await Deno.mkdir(join(cwd, path, ".."), { recursive: true });
    await Deno.writeTextFile(join(cwd, path), '{"id":');
    const warning = `${path}: it is cut short; skipped\n`;

    const dry = await ils(args(`${grid} --dry-run --json`), { cwd });
    assert.equal(dry.code, 0, dry.stderr);
    assert.ok(dry.stderr.startsWith(warning), dry.stderr);
    const { runs } = JSON.parse(dry.stdout);
    assert.deepEqual(
      runs.map(({ state }: { state: string }) => state),
      ["missing", "missing"],
    );

    const { code, stdout, stderr } = await ils(args(`${grid} --json`), { cwd });
    assert.equal(code, 1, stderr);
    assert.equal(stderr.split(warning).length, 2, "there is one warning");
    assert.match(
      stderr,
      /Failed: 1 of 2 runs; first failure .*: results.*run\.json: it is cut short\n$/,
    );
    const [chosen] = JSON.parse(stdout).chosen;
    assert.deepEqual(chosen.runs, [sound]);
    assert.equal(await Deno.readTextFile(join(cwd, path)), '{"id":');
  }));

Deno.test("an interrupted ils tune resumes; a run that diverges fails alone", () =>
  inFolder(async (cwd) => {
    const stopped = await interrupted(cwd, "SIGINT");
    assert.deepEqual([stopped.code, stopped.stdout], [130, ""]);
    assert.match(
      stopped.stderr,
      /\nStopped with 1 of 2 runs done; run the same command again to continue\n$/,
    );
    const [first] = trainedIn(stopped.stderr);
    const [, second] = /^\[1 of 2[^]*\n(\S+) {2}epoch/m.exec(stopped.stderr)!;
    const checkpoint = join(
      ...[cwd, "results", "runs", second, "checkpoint", "last.safetensors"],
    );
    const sound = Deno.readFileSync(checkpoint);
    await poison(checkpoint, second);

    const out = join(cwd, "answer");
    const call = [...LONG.split(" "), "--json", "--out", out];
    const failed = await ils(call, { cwd });
    assert.equal(failed.code, 1);
    const reason =
      /Training stopped at epoch \d+, step \d+, as the training loss is NaN/;
    const lines = failed.stderr.trimEnd().split("\n");
    assert.match(
      lines.at(-1)!,
      new RegExp(
        `^Failed: 1 of 2 runs; first failure ${second}: ${reason.source}`,
      ),
    );
    const answer = JSON.parse(failed.stdout);
    assert.deepEqual(answer.chosen[0].runs, [first]);
    assert.equal(answer.runs[1].state, "failed");
    assert.match(answer.runs[1].reason, reason);
    assert.deepEqual(read(out, "tune.json"), answer.runs);

    Deno.writeFileSync(checkpoint, sound);
    const resumed = await ils(call, { cwd });
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.deepEqual(trainedIn(resumed.stderr), [second]);
    assert.doesNotMatch(resumed.stderr, / epoch [12] {2}/);
    const [one, two] = JSON.parse(resumed.stdout).runs;
    assert.deepEqual([one.state, two.state], ["done", "done"]);
    const history = Deno.readTextFileSync(
      join(cwd, "results", "runs", second, "history.jsonl"),
    );
    assert.equal(history.trim().split("\n").length, 40);
  }));

Deno.test("two processes of the same ils tune train each run once, and agree", () =>
  inFolder(async (cwd) => {
    const call = args(`${GRID} --json`);
    const both = await Promise.all([ils(call, { cwd }), ils(call, { cwd })]);
    for (const { code, stderr } of both) assert.equal(code, 0, stderr);
    const trained = both.flatMap(({ stderr }) => trainedIn(stderr));
    assert.equal(new Set(trained).size, 5);
    assert.equal(trained.length, 5, both.map(({ stderr }) => stderr).join());
    assert.equal(both[0].stdout, both[1].stdout);
    const names = [...Deno.readDirSync(join(cwd, "results", "tune"))];
    assert.equal(names.length, 1);
  }));

Deno.test("ils tune refuses bad input before it trains", () =>
  inFolder(async (cwd) => {
    const { logits } = await writeInputs(cwd);
    const before = listing(cwd);
    const wrong: readonly [string, RegExp][] = [
      ["--commands", /^--commands needs --dry-run$/],
      [`--out ${cwd}`, /^Cannot write into .* it contains L.npy$/],
      ["--methods ils --teacher run", /^--teacher must be a file of logits, /],
      [
        `--methods ils --teacher ${logits}`,
        /^Cannot use .*L.npy as a teacher: it has 3 rows of 3 classes, /,
      ],
    ];
    for (const [flags, message] of wrong) {
      const [, ...line] = args(flags);
      const values = parseFlags(line, tune.flags);
      const log = () => assert.fail("training has started");
      await assert.rejects(
        tune.run(values, { log, terminal: false, args: [] }),
        (error: Error) => {
          assert.ok(error instanceof BadInput, `${flags}: ${error}`);
          assert.match(error.message, message);
          return true;
        },
      );
    }
    const { code, stderr } = await ils(
      args("--limit 2000", SHORT.replace(" --limit 60", "")),
      { cwd },
    );
    assert.deepEqual(
      [code, stderr],
      [
        2,
        "Cannot take 2000 samples as there are only 1000 for training and " +
        "validation\n",
      ],
    );
    assert.deepEqual(listing(cwd), before);
  }));
