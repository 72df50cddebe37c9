/** Several runs at once, from the command line. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { interruptWhen } from "../interrupt_when.ts";
import { ils, ilsJson, inFolder, start } from "../program.ts";

const TUNE = "tune --dataset excerpt --model mlp --limit 60 --lr 0.02 " +
  "--batch-size 4 --epochs 40 --estop 0 --methods ls --epsilon 0.05,0.1 " +
  "--seeds 1 --jobs 2";

/**
 * Starts two trainings at once and interrupts them after both have finished two
 * epochs.
 */
function interrupted(
  cwd: string,
  interrupt: (pid: number) => void,
) {
  const child = start(TUNE.split(" "), { cwd, detached: true });
  const twice = (stderr: string) => stderr.split(" epoch 2  ").length >= 3;
  return interruptWhen(child, twice, () => interrupt(child.pid));
}

/** Returns the number of the last epoch of each run that is logged. */
function lastEpochs(stderr: string): Map<string, number> {
  const epochs = stderr.matchAll(/^(\S+) {2}epoch (\d+) {2}/gm);
  return new Map([...epochs].map(([, id, epoch]) => [id, Number(epoch)]));
}

/** Returns the test logits of all runs, by id. */
function logitsIn(cwd: string): Map<string, Uint8Array> {
  const runs = join(cwd, "results", "runs");
  const names = Array.from(Deno.readDirSync(runs), ({ name }) => name).sort();
  return new Map(names.map((name) => [
    name,
    Deno.readFileSync(join(runs, name, "logits-test.npy")),
  ]));
}

const INTERRUPTS: readonly [string, (pid: number) => void, code: number][] = [
  ["SIGINT to the program", (pid) => Deno.kill(pid, "SIGINT"), 130],
  ["SIGTERM to the program", (pid) => Deno.kill(pid, "SIGTERM"), 143],
  // As Ctrl-C in a terminal, and as one that is closed.
  ["SIGINT to its process group", (pid) => Deno.kill(-pid, "SIGINT"), 130],
  ["SIGHUP to its process group", (pid) => Deno.kill(-pid, "SIGHUP"), 129],
];

Deno.test("interrupted parallel trainings stop at checkpoints and resume to the same bytes", () =>
  inFolder(async (whole) => {
    await ilsJson(TUNE.split(" "), { cwd: whole });
    for (const [name, interrupt, expected] of INTERRUPTS) {
      await inFolder(async (cwd) => {
        const { code, stdout, stderr } = await interrupted(cwd, interrupt);
        assert.deepEqual([code, stdout], [expected, ""], `${name}: ${stderr}`);
        assert.match(
          stderr,
          /\nStopped with 0 of 2 runs done; run the same command again to continue\n$/,
        );
        const stopped = lastEpochs(stderr);
        const resumed = await ils(TUNE.split(" "), { cwd });
        assert.equal(resumed.code, 0, resumed.stderr);
        const first = new Map(
          [...resumed.stderr.matchAll(/^(\S+) {2}epoch (\d+) {2}/gm)].reverse()
            .map(([, id, epoch]) => [id, Number(epoch)]),
        );
        const next = [...stopped].map(([id, last]) => [id, last + 1] as const);
        assert.deepEqual(first, new Map(next));
        assert.deepEqual(logitsIn(cwd), logitsIn(whole));
      });
    }
  }));

Deno.test("ils train with --threads trains the networks of a teacher in parallel, to the same bytes", () =>
  inFolder(async (whole) => {
    const line = "train --dataset excerpt --model mlp --limit 60 --lr 0.02 " +
      "--batch-size 10 --epochs 2 --method mix --lambda 0.5 " +
      "--teacher-ensemble 3 --threads 1";
    const one = await ilsJson([...line.split(" "), "--jobs", "1"], {
      cwd: whole,
    });
    await inFolder(async (cwd) => {
      const two = await ils([...line.split(" "), "--jobs", "2"], { cwd });
      assert.equal(two.code, 0, two.stderr);
      assert.match(two.stderr, new RegExp(`^\\[4 of 4\\] ${one.id}  `, "m"));
      assert.deepEqual(logitsIn(cwd), logitsIn(whole));
    });
  }));
