/** Training in worker processes, on few images. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { ensureRun } from "../../../lib/runs/ensure.ts";
import { ensureRuns } from "../../../lib/runs/ensure_runs.ts";
import { isRunStarted } from "../../../lib/runs/folder.ts";
import { runsDisplay } from "../../../lib/runs/runs_display.ts";
import { logScreen } from "../../../lib/runs/screens.ts";
import { runId, type RunSpec, runTeacher } from "../../../lib/runs/spec.ts";
import type { StoredRun } from "../../../lib/runs/store.ts";
import { processThreads } from "../../../lib/runs/threads.ts";
import { WorkerPool } from "../../../lib/runs/workers/pool.ts";
import { startTrainingWorker } from "../../../lib/runs/workers/worker_process.ts";
import { STUDENT, TAUGHT, TINY } from "../specs.ts";
import { inFolder } from "../../cli/program.ts";

/** A number of threads that this process does not have. */
const THREADS = processThreads() === 1 ? 2 : 1;

/** A spec with a seed and a number of threads, as its teacher's. */
function variant(spec: RunSpec, seed: number, threads = THREADS): RunSpec {
  const training = { ...spec.training, threads };
  const own = { ...spec, training, seed };
  return spec.teacher === null
    ? own
    : { ...own, teacher: runTeacher(variant(TINY, seed, threads)) };
}

const bytesOf = (runs: readonly StoredRun[]) =>
  runs.map(({ folder }) => Deno.readFileSync(join(folder, "logits-test.npy")));

const SPECS = [1, 2].flatMap((seed) =>
  [TAUGHT, STUDENT].map((spec) => variant(spec, seed))
);

Deno.test("two jobs give the same bytes as one, and each run is trained once", () =>
  inFolder(async (root) => {
    const lines: string[] = [];
    const display = runsDisplay(logScreen((line) => lines.push(line)));
    const two = await ensureRuns(SPECS, { root, jobs: 2, display });
    assert.deepEqual(two.map(({ record }) => record.spec), SPECS);
    const ended = lines.map((line) => /^\[(\d) of 6.*\] (\S+) {2}/.exec(line))
      .filter((found) => found !== null);
    assert.deepEqual(ended.map(([, number]) => Number(number)), [
      ...[1, 2, 3, 4, 5, 6],
    ]);
    const ids = SPECS.map(runId);
    assert.deepEqual(
      new Set(ended.map(([, , id]) => id)),
      new Set([...ids, runId(variant(TINY, 1)), runId(variant(TINY, 2))]),
    );
    await inFolder(async (outer) => {
      // A comma separates the folders in a list of permissions.
      const root = join(outer, "one, two");
      lines.length = 0;
      const one = await ensureRuns(SPECS, { root, jobs: 1, display });
      assert.deepEqual(bytesOf(one), bytesOf(two));
      const order = lines.flatMap((line) =>
        /^\[.*\] (\S+) {2}/.exec(line)?.[1] ?? []
      );
      const teachers = [1, 2].map((seed) => runId(variant(TINY, seed)));
      assert.deepEqual(
        order,
        [...teachers, ...ids],
        "in the order of the list",
      );
    });
    lines.length = 0;
    const again = await ensureRuns(SPECS, { root, display });
    assert.deepEqual([again, lines], [two, []]);
  }));

Deno.test("a run is trained with the number of threads in its spec", () =>
  inFolder(async (root) => {
    const spec = variant(TINY, 1);
    const [pooled] = await ensureRuns([spec], { root, jobs: 2 });
    const alone = await ensureRun(spec, { root: join(root, "alone") });
    assert.deepEqual(bytesOf([alone]), bytesOf([pooled]));
    assert.equal(alone.record.spec.training.threads, THREADS);
    // The variables of TensorFlow, set for a process, have the same effect.
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", "--quiet", inProcess(spec, join(root, "by variable"))],
      env: { TF_NUM_INTRAOP_THREADS: String(THREADS) },
    }).output();
    assert.equal(code, 0);
    const folder = new TextDecoder().decode(stdout).trim();
    assert.deepEqual(bytesOf([{ ...alone, folder }]), bytesOf([pooled]));
  }));

/** A program that trains a run itself and prints its folder. */
function inProcess(spec: RunSpec, root: string): string {
  const module = new URL("../../../lib/runs/ensure.ts", import.meta.url);
  return `
    import { ensureRun } from ${JSON.stringify(module)};
    const spec = ${JSON.stringify(spec)};
    const run = await ensureRun(spec, { root: ${JSON.stringify(root)} });
    console.log(run.folder);
  `;
}

Deno.test("a failed run does not stop the others; bad input and divergence keep their errors", () =>
  inFolder(async (root) => {
    const [good, other] = [variant(TINY, 1), variant(TINY, 2)];
    const diverging: RunSpec = {
      ...variant(TINY, 3),
      training: { ...good.training, learningRate: 1e6 },
    };
    const lines: string[] = [];
    const display = runsDisplay(logScreen((line) => lines.push(line)));
    const reason = /Training stopped at epoch 1, step \d+, as the /;
    await assert.rejects(
      ensureRuns([diverging, good, other], { root, jobs: 2, display }),
      reason,
    );
    const [failure] = lines.filter((line) => line.includes(" failed: "));
    assert.ok(failure.startsWith(`${runId(diverging)} failed: `), failure);
    const found = await ensureRuns([good, other], { root });
    assert.equal(found.length, 2);
    const data = { ...TINY.data, limit: 1001 };
    await assert.rejects(
      ensureRuns([{ ...good, data }, other], { root, jobs: 2 }),
      /^BadInput: Cannot take 1001 samples/,
    );
  }));

/** A training of many epochs. */
const LONG: RunSpec = {
  ...variant(TINY, 1),
  training: { ...variant(TINY, 1).training, epochs: 2000 },
};

Deno.test("a killed worker gives one clear line, and the pool continues", () =>
  inFolder(async (root) => {
    const pids: number[] = [];
    const start: typeof startTrainingWorker = (options) => {
      const worker = startTrainingWorker(options);
      pids.push(worker.pid);
      return worker;
    };
    await using pool = new WorkerPool({ jobs: 1, writable: [root], start });
    const progress = () => ({
      begin() {},
      step: () => Deno.kill(pids[0], "SIGKILL"),
      epoch() {},
      remark() {},
      end() {},
      close() {},
    });
    await assert.rejects(
      ensureRun(LONG, { root, pool, progress }),
      new Error(
        `The process that trains ${runId(LONG)} ended with SIGKILL; ` +
          "if the memory was full, train fewer runs at once",
      ),
    );
    const run = await ensureRun(variant(TINY, 1), { root, pool });
    assert.equal(run.record.epochs, TINY.training.epochs);
    assert.equal(pids.length, 2);
  }));

Deno.test("an aborted training saves a checkpoint, from which another pool resumes", () =>
  inFolder(async (root) => {
    const spec: RunSpec = {
      ...variant(TINY, 1),
      training: { ...LONG.training, epochs: 60 },
    };
    const control = new AbortController();
    const { signal } = control;
    const epochs: number[] = [];
    const display = runsDisplay({
      print(kind, line) {
        if (kind !== "epoch") return;
        epochs.push(Number(/epoch (\d+)/.exec(line)![1]));
        control.abort("stop");
      },
      draw() {},
      finish() {},
    });
    await assert.rejects(
      ensureRuns([spec], { root, jobs: 2, display, signal }),
      (reason) => reason === "stop",
    );
    const last = epochs.at(-1)!;
    assert(last < 60, "otherwise the test would prove nothing");
    assert.equal(await isRunStarted(join(root, runId(spec))), true);
    const [resumed] = await ensureRuns([spec], { root, jobs: 2, display });
    assert.equal(epochs.indexOf(last + 1), epochs.lastIndexOf(last + 1));
    await inFolder(async (root) => {
      const whole = await ensureRuns([spec], { root, jobs: 2 });
      assert.deepEqual(bytesOf(whole), bytesOf([resumed]));
    });
  }));

Deno.test("workers end, at a checkpoint, if their parent is killed", () =>
  inFolder(async (root) => {
    const parent = new Deno.Command(Deno.execPath(), {
      args: ["eval", "--quiet", parentProgram(root)],
      stdout: "piped",
    }).spawn();
    let printed = "";
    for await (
      const text of parent.stdout.pipeThrough(new TextDecoderStream())
    ) {
      printed += text;
      // Both trainings have finished an epoch.
      if (/epoch/.test(printed) && printed.split("epoch").length > 6) break;
    }
    parent.kill("SIGKILL");
    await parent.status;
    const pids = [...printed.matchAll(/^worker (\d+)$/gm)]
      .map(([, pid]) => Number(pid));
    assert.equal(pids.length, 2);
    while (pids.some(isRunning)) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    for (const seed of [1, 2]) {
      const folder = join(root, runId({ ...LONG, seed }));
      assert.equal(await isRunStarted(folder), true);
      await assert.rejects(
        Deno.stat(join(folder, "run.json")),
        Deno.errors.NotFound,
      );
    }
  }));

/** A program that trains two long runs and prints its workers and epochs. */
function parentProgram(root: string): string {
  const lib = new URL("../../../lib/runs/", import.meta.url).href;
  return `
    import { ensureRun } from "${lib}ensure.ts";
    import { WorkerPool } from "${lib}workers/pool.ts";
    import { startTrainingWorker } from "${lib}workers/worker_process.ts";
    const root = ${JSON.stringify(root)};
    const start = (options) => {
      const worker = startTrainingWorker(options);
      console.log("worker " + worker.pid);
      return worker;
    };
    const pool = new WorkerPool({ jobs: 2, writable: [root], start });
    const none = () => {};
    const epoch = () => console.log("epoch");
    const progress = () =>
      ({ begin: none, step: none, epoch, end: none, close: none });
    await Promise.all([1, 2].map((seed) =>
      ensureRun({ ...${JSON.stringify(LONG)}, seed }, { root, pool, progress })
    ));
  `;
}

/** Whether a process exists. */
function isRunning(pid: number): boolean {
  try {
    // The signal has no effect on a running process.
    Deno.kill(pid, "SIGCONT");
    return true;
  } catch {
    return false;
  }
}
