import assert from "node:assert/strict";
import { readLogits } from "../../../lib/files/npy.ts";
import { logitsOf } from "../../../lib/matrix_kinds.ts";
import type { TrainTask } from "../../../lib/runs/workers/messages.ts";
import { type PoolTask, WorkerPool } from "../../../lib/runs/workers/pool.ts";
import type {
  StartOptions,
  TrainingWorker,
  WorkerOptions,
} from "../../../lib/runs/workers/worker_process.ts";
import { silentProgress } from "../../../lib/training/progress.ts";
import { TINY } from "../specs.ts";

/** A worker whose training ends when the test calls `finish()` or `fail()`. */
class FakeWorker implements TrainingWorker {
  readonly pid = 0;
  alive = true;
  readonly tasks: TrainTask[] = [];
  finish = () => {};
  fail = (_: Error) => {};

  constructor(readonly options: StartOptions) {}

  async train(task: TrainTask, { signal }: WorkerOptions): Promise<void> {
    this.tasks.push(task);
    await new Promise<void>((resolve, reject) => {
      this.finish = resolve;
      this.fail = reject;
      signal?.addEventListener("abort", () => {
        this.alive = false;
        reject(signal.reason);
      });
    });
  }

  end(): Promise<void> {
    this.alive = false;
    return Promise.resolve();
  }
}

function fakePool(jobs: number) {
  const started: FakeWorker[] = [];
  const start = (options: StartOptions) => {
    started.push(new FakeWorker(options));
    return started.at(-1)!;
  };
  const pool = new WorkerPool({ jobs, writable: ["runs"], start });
  return { pool, started };
}

const task = (seed: number, threads: number | null = 1): PoolTask => ({
  spec: {
    ...TINY,
    seed,
    training: {
      ...TINY.training,
      ...(threads === null ? {} : { threads }),
    },
  },
  folder: `runs/${seed}`,
  teachers: [],
  teacherLogits: undefined,
  resume: true,
});

const OPTIONS: WorkerOptions = { progress: silentProgress, signal: undefined };

/** Lets pending promises continue. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

const seedsOf = ({ tasks }: FakeWorker) => tasks.map(({ spec }) => spec.seed);

Deno.test("a pool starts as many workers as there are jobs, and uses them again", async () => {
  const { pool, started } = fakePool(2);
  const all = [1, 2, 3].map((seed) => pool.train(task(seed), OPTIONS));
  await settle();
  assert.deepEqual(started.map(seedsOf), [[1], [2]]);
  started[1].finish();
  await all[1];
  await settle();
  assert.deepEqual(started.map(seedsOf), [[1], [2, 3]]);
  started.forEach(({ finish }) => finish());
  await Promise.all(all);
  await pool[Symbol.asyncDispose]();
  assert.deepEqual(started.map(({ alive }) => alive), [false, false]);
});

Deno.test("a worker trains only runs with its number of threads", async () => {
  const { pool, started } = fakePool(1);
  for (const threads of [1, 1, 2, null, null]) {
    const training = pool.train(task(1, threads), OPTIONS);
    await settle();
    started.at(-1)!.finish();
    await training;
  }
  assert.deepEqual(
    started.map(({ options, tasks }) => [options.threads, tasks.length]),
    [[1, 2], [2, 1], [undefined, 2]],
  );
  assert.deepEqual(started.map(({ alive }) => alive), [false, false, true]);
});

Deno.test("a worker that has ended is replaced, and the failure is thrown", async () => {
  const { pool, started } = fakePool(1);
  const [first, second] = [1, 2].map((seed) => pool.train(task(seed), OPTIONS));
  await settle();
  started[0].alive = false;
  started[0].fail(new Error("it ended with SIGKILL"));
  await assert.rejects(first, /^Error: it ended with SIGKILL$/);
  await settle();
  started[1].finish();
  await second;
  assert.deepEqual(started.map(seedsOf), [[1], [2]]);
});

Deno.test("an aborted signal ends the running training and begins no other", async () => {
  const { pool, started } = fakePool(1);
  const control = new AbortController();
  const options = { ...OPTIONS, signal: control.signal };
  const all = [1, 2].map((seed) => pool.train(task(seed), options));
  await settle();
  control.abort("stop");
  const ended = await Promise.allSettled(all);
  assert.deepEqual(
    ended.map((end) => end.status === "rejected" && end.reason),
    ["stop", "stop"],
  );
  assert.deepEqual(started.map(seedsOf), [[1]]);
});

Deno.test("a teacher's logits reach the workers in a file, written once", async () => {
  const { pool, started } = fakePool(2);
  const logits = logitsOf([[0.1, 2], [3, -4]]);
  const teacherLogits = { logits, source: "L.npy" };
  const all = [1, 2].map((seed) =>
    pool.train({ ...task(seed), teacherLogits }, OPTIONS)
  );
  const begun = () => started.filter(({ tasks }) => tasks.length > 0);
  while (begun().length < 2) await settle();
  const [one, two] = started.map(({ tasks }) => tasks[0].teacherLogits!);
  assert.deepEqual(one, two);
  assert.equal(one.source, "L.npy");
  assert.deepEqual(await readLogits(one.path), logits);
  started.forEach(({ finish }) => finish());
  await Promise.all(all);
  await pool[Symbol.asyncDispose]();
  await assert.rejects(Deno.stat(one.path), Deno.errors.NotFound);
});
