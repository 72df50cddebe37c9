/** Grids on a real Slurm: jobs that fail, a head that is killed, a node that dies. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { JobPlan } from "../../lib/cluster/job_plan.ts";
import { writeNpy } from "../../lib/files/npy.ts";
import { ils, ilsJson, inFolder, listing, start } from "../cli/program.ts";
import { NO_SLURM, withSlurm } from "./slurm.ts";

const TUNE = ("tune --dataset excerpt --model mlp --limit 200 --lr 0.02 " +
  "--batch-size 10 --epochs 8 --estop 0 --seeds 1,2 --methods ls,ils2 " +
  "--epsilon 0.05,0.1 --temperature 2").split(" ");

const ON_SLURM = [...TUNE, "--executor", "slurm"];

/** Waits until a condition holds. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((done) => setTimeout(done, 50));
}

/** Returns when the records of finished runs were written, by path. */
function finishedRuns(cwd: string): Map<string, number> {
  const runs = join(cwd, "results", "runs");
  if (!existsSync(runs)) return new Map();
  const paths = [...Deno.readDirSync(runs)]
    .map(({ name }) => join(runs, name, "run.json")).filter(existsSync);
  return new Map(
    paths.map((path) => [path, Deno.statSync(path).mtime!.getTime()]),
  );
}

/** Returns whether the log of any job contains a text. */
function isLogged(cwd: string, { file }: JobPlan, text: string): boolean {
  const logs = join(cwd, file.replace(/\.json$/, ""), "logs");
  if (!existsSync(logs)) return false;
  return [...Deno.readDirSync(logs)].some(({ name }) =>
    Deno.readTextFileSync(join(logs, name)).includes(text)
  );
}

/** The jobs that Slurm has not ended, one per line. */
function queued(): string {
  const { stdout } = new Deno.Command("squeue", { args: ["--noheader"] })
    .outputSync();
  return new TextDecoder().decode(stdout);
}

/** The tables of a grid, without the path of its folder. */
function tables(cwd: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(listing(join(cwd, "results", "tune")))
      .map(([path, content]) => [path.slice(cwd.length), content]),
  );
}

Deno.test({
  name:
    "a grid on Slurm survives Ctrl-C, a failed job and a killed head, and gives " +
    "the local table" +
    (NO_SLURM === undefined ? "" : ` (skipped: ${NO_SLURM})`),
  ignore: NO_SLURM !== undefined,
  fn: () =>
    inFolder((here) =>
      inFolder((there) =>
        withSlurm(async () => {
          const local = await ils(TUNE, { cwd: here });
          assert.equal(local.code, 0, local.stderr);

          const plan: JobPlan = await ilsJson([...TUNE, "--dry-run"], {
            cwd: there,
          });
          // A run that needs another one fails until this file is removed.
          const { id } = plan.runs.find(({ after }) => after.length > 0)!;
          const folder = join(there, "results", "runs", id);
          await Deno.mkdir(folder, { recursive: true });
          const obstacle = join(folder, "thesis.tex");
          await Deno.writeTextFile(obstacle, "");

          const first = start(ON_SLURM, { cwd: there });
          const stopped = first.output();
          await until(() => finishedRuns(there).size >= 1);
          first.kill("SIGINT");
          const { code: interrupted, stderr: last } = await stopped;
          assert.equal(interrupted, 130);
          assert.match(
            new TextDecoder().decode(last),
            /Stopped, and cancelled its jobs; run the same command again/,
          );
          assert.equal(queued(), "");

          const head = start(ON_SLURM, { cwd: there });
          await until(() => finishedRuns(there).size >= 3);
          head.kill("SIGKILL");
          await head.stdout.cancel();
          await head.stderr.cancel();
          await head.status;

          const before = finishedRuns(there);
          const second = start(ON_SLURM, { cwd: there });
          const output = second.output();
          await until(() => isLogged(there, plan, "Cannot train into"));
          await Deno.remove(obstacle);
          const { code, stdout, stderr } = await output;
          const text = new TextDecoder();
          assert.equal(code, 0, text.decode(stderr));

          const after = finishedRuns(there);
          assert.equal(after.size, plan.runs.length);
          for (const [path, time] of before) {
            assert.equal(after.get(path), time, `${path} was trained again`);
          }
          assert.equal(text.decode(stdout), local.stdout);
          assert.deepEqual(tables(there), tables(here));
        })
      )
    ),
});

/** A teacher, and a run that it teaches. */
const LONG = ("tune --dataset excerpt --model mlp --limit 100 --lr 0.02 " +
  "--batch-size 10 --epochs 150 --estop 0 --seeds 1 --methods ils2 " +
  "--epsilon 0.1 --temperature 2").split(" ");

Deno.test({
  name:
    "a job whose node dies goes on from its checkpoint, trains no finished run " +
    "again, and gives the local table" +
    (NO_SLURM === undefined ? "" : ` (skipped: ${NO_SLURM})`),
  ignore: NO_SLURM !== undefined,
  fn: () =>
    inFolder((here) =>
      inFolder((there) =>
        withSlurm(async (node) => {
          const local = await ils(LONG, { cwd: here });
          assert.equal(local.code, 0, local.stderr);
          const plan: JobPlan = await ilsJson([...LONG, "--dry-run"], {
            cwd: there,
          });
          const [teacher, taught] = plan.runs.map(({ id }) => id);

          const head = start([...LONG, "--executor", "slurm"], { cwd: there });
          const output = head.output();
          await until(() => isLogged(there, plan, `${taught}  epoch 3 `));
          await node.die();
          const before = finishedRuns(there);
          assert.deepEqual([...before.keys()].map(runOf), [teacher]);
          await node.return();
          const { code, stdout, stderr } = await output;
          const text = new TextDecoder();
          assert.equal(code, 0, text.decode(stderr));

          // The log is that of the second try.
          assert(isLogged(there, plan, `${taught}  epoch 150 `));
          assert(!isLogged(there, plan, `${taught}  epoch 1 `));
          const after = finishedRuns(there);
          assert.equal(after.size, 2);
          for (const [path, time] of before) {
            assert.equal(after.get(path), time, `${path} was trained again`);
          }
          assert.equal(text.decode(stdout), local.stdout);
          assert.deepEqual(tables(there), tables(here));
        })
      )
    ),
});

/** The id of a run from the path of its record. */
function runOf(path: string): string {
  return basename(dirname(path));
}

Deno.test({
  name: "jobs on Slurm train with a teacher's file in the caller's folder" +
    (NO_SLURM === undefined ? "" : ` (skipped: ${NO_SLURM})`),
  ignore: NO_SLURM !== undefined,
  fn: () =>
    inFolder((user) =>
      withSlurm(async () => {
        await writeNpy(join(user, "T.npy"), {
          data: Float32Array.from({ length: 10_000 }, (_, i) => i % 7 - 3.5),
          shape: [1000, 10],
        });
        const args = [...LONG, "--teacher", "T.npy", "--epochs", "1"]
          .filter((word, i, words) => word !== "150" && words[i + 1] !== "150");
        const outputs = [];
        for (const executor of ["local", "slurm"]) {
          const [cwd, results] = [join(user, executor), join(user, "results")];
          await Deno.mkdir(cwd);
          await Deno.mkdir(results);
          const env = { INIT_CWD: user, ILS_RESULTS_DIR: "results" };
          const call = [...args, "--executor", executor];
          const { code, stdout, stderr } = await ils(call, { cwd, env });
          assert.equal(code, 0, stderr);
          outputs.push(stdout);
          await Deno.remove(results, { recursive: true });
        }
        assert.equal(outputs[1], outputs[0]);
      })
    ),
});
