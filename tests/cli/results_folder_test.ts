/** Results in the folder that ILS_RESULTS_DIR names. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";
import { taskCommand } from "../../lib/files/task_command.ts";
import { textLines } from "../../lib/files/text_lines.ts";
import { ils, ilsJson, inFolder } from "./program.ts";

const TRAIN = "train --dataset excerpt --model mlp --limit 60 --lr 0.02 " +
  "--batch-size 10 --epochs 1 --seed 1 --method ce";

/** Starts the task `reproduce`, as called from a folder. */
async function startReproduce(
  args: readonly string[],
  { cwd, results }: { readonly cwd: string; readonly results: string },
) {
  const [deno, ...words] = await taskCommand("reproduce");
  return new Deno.Command(deno, {
    args: [...words, ...args],
    cwd: ROOT,
    env: { INIT_CWD: cwd, ILS_RESULTS_DIR: results },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs the task `reproduce` to its end. */
async function reproduce(
  args: readonly string[],
  place: { readonly cwd: string; readonly results: string },
) {
  const process = await startReproduce(args, place);
  const { code, stdout, stderr } = await process.output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}

Deno.test("a run is stored in ILS_RESULTS_DIR, which starts in the caller's folder", () =>
  inFolder(async (user) => {
    const [cwd, results] = [join(user, "project"), join(user, "shared")];
    await Deno.mkdir(cwd);
    await Deno.mkdir(results);
    const env = { INIT_CWD: user, ILS_RESULTS_DIR: "shared" };
    const { id, folder } = await ilsJson(TRAIN.split(" "), { cwd, env });
    assert.deepEqual([...Deno.readDirSync(cwd)], []);
    assert.equal(folder, join(results, "runs", id));
    assert(existsSync(join(folder, "run.json")));
    const { runs } = await ilsJson(["runs"], { cwd, env });
    assert.deepEqual(runs.map(({ id }: { id: string }) => id), [id]);
  }));

Deno.test("commands refuse an ILS_RESULTS_DIR that does not exist, in one line", () =>
  inFolder(async (cwd) => {
    const results = join(cwd, "none");
    const env = { ILS_RESULTS_DIR: "none" };
    const message =
      "Cannot use results as ILS_RESULTS_DIR must name a folder: current " +
      `value is ${results}\n`;
    for (const args of ["runs", TRAIN, "plan synthetic"]) {
      const { code, stderr } = await ils(args.split(" "), { cwd, env });
      assert.deepEqual([code, stderr], [2, message]);
    }
    const { code, stderr } = await reproduce([], { cwd, results: "none" });
    assert.deepEqual([code, stderr], [2, message]);
  }));

Deno.test("reproduce gets permission to write to ILS_RESULTS_DIR, with its arguments", () =>
  inFolder(async (cwd) => {
    const results = join(cwd, "shared");
    await Deno.mkdir(results);
    const args = ["--profile", "synthetic", "--dry-run"];
    const { code, stdout, stderr } = await reproduce(args, { cwd, results });
    // It says so after it has checked that the folder can be written to.
    assert.equal(
      stderr,
      "--dry-run lists networks on images: profile synthetic trains none\n",
    );
    assert.deepEqual([code, stdout], [2, ""]);
  }));

for (const [signal, exit] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test(`with ILS_RESULTS_DIR, ${signal} interrupts reproduce, which writes there`, () =>
    inFolder(async (cwd) => {
      const results = join(cwd, "shared");
      await Deno.mkdir(results);
      const args = ["--profile", "smoke", "--only", "02"];
      const process = await startReproduce(args, { cwd, results });
      const lines = textLines(process.stderr).getReader();
      const { value: first } = await lines.read();
      assert.equal(first, "[2/9] 02_targets");
      process.kill(signal);
      const { value: last } = await lines.read();
      assert.match(last!, /^02_targets interrupted .*; finished work is kept$/);
      assert.equal((await process.status).code, exit);
      await lines.cancel();
      await process.stdout.cancel();
      assert(existsSync(join(results, "smoke", "notebooks")));
    }));
}
