import assert from "node:assert/strict";
import { RunLocked } from "../../lib/runs/folder.ts";
import type { RunRecord } from "../../lib/runs/record.ts";
import { type PlanWork, trainPlan } from "../../lib/tune/train_plan.ts";
import type { PlannedRun } from "../../lib/tune/plan.ts";
import { planned, record } from "./samples.ts";

/** A store in memory, and the ids of the runs trained into it. */
function memory(finished: readonly string[] = []) {
  const store = new Map(finished.map((id) => [id, record(id)]));
  const trained: string[] = [];
  const work = {
    open: ({ id }) => Promise.resolve(store.get(id)),
    train: ({ id }) => {
      trained.push(id);
      store.set(id, record(id));
      return Promise.resolve(record(id));
    },
    pollMs: 1,
  } satisfies PlanWork;
  return { store, trained, work };
}

const PLAN = [
  planned("teacher"),
  planned("a", "teacher"),
  planned("b", "teacher"),
  planned("c"),
];

const states = (outcomes: Awaited<ReturnType<typeof trainPlan>>) =>
  [...outcomes].map(([id, outcome]) =>
    outcome.state === "done" ? id : `${id}: ${outcome.reason}`
  );

Deno.test("trainPlan() trains missing runs once, in the order of the plan", async () => {
  const { trained, work } = memory(["a"]);
  const starts: number[] = [];
  const outcomes = await trainPlan(PLAN, {
    ...work,
    onStart: (missing) => starts.push(missing),
  });
  assert.deepEqual(states(outcomes), ["teacher", "a", "b", "c"]);
  assert.deepEqual(trained, ["teacher", "b", "c"]);
  assert.deepEqual(starts, [3]);
  await trainPlan(PLAN, work);
  assert.equal(trained.length, 3);
});

Deno.test("trainPlan() reports a failed run with its reason and continues with the others", async () => {
  const { trained, work } = memory();
  const outcomes = await trainPlan(PLAN, {
    ...work,
    train: (run) => {
      if (run.id !== "a") return work.train(run);
      return Promise.reject(new Error("the loss is\nNaN"));
    },
  });
  assert.deepEqual(states(outcomes), [
    "teacher",
    "a: the loss is NaN",
    "b",
    "c",
  ]);
  assert.deepEqual(trained, ["teacher", "b", "c"]);
});

Deno.test("trainPlan() fails the students of a failed run without training them", async () => {
  const { trained, work } = memory();
  const untaught: string[] = [];
  const outcomes = await trainPlan(PLAN, {
    ...work,
    onUntaught: ({ id }) => untaught.push(id),
    train: (run) =>
      run.id === "teacher" ? Promise.reject(new Error("NaN")) : work.train(run),
  });
  assert.deepEqual(states(outcomes), [
    "teacher: NaN",
    "a: its teacher teacher failed",
    "b: its teacher teacher failed",
    "c",
  ]);
  assert.deepEqual(trained, ["c"]);
  assert.deepEqual(untaught, ["a", "b"]);
});

Deno.test("trainPlan() leaves a run that another process is training to it and waits for it last", async () => {
  const { store, trained, work } = memory();
  let looks = 0;
  const waits: number[] = [];
  const outcomes = await trainPlan(PLAN, {
    ...work,
    train: (run): Promise<RunRecord> => {
      if (run.id !== "teacher") return work.train(run);
      // The other process has finished by the third look.
      if (++looks === 2) store.set("teacher", record("teacher"));
      return Promise.reject(new RunLocked("teacher"));
    },
    onWait: (runs) => waits.push(runs),
  });
  assert.deepEqual(states(outcomes), ["teacher", "a", "b", "c"]);
  // "c" needs no teacher, so it came first; "a" and "b" had to wait.
  assert.deepEqual(trained, ["c", "a", "b"]);
  assert.deepEqual(waits, [3]);
});

Deno.test("two processes with one plan share its runs and train none twice", async () => {
  const { store, trained, work } = memory();
  const held = new Set<string>();
  const one = () =>
    trainPlan(PLAN, {
      ...work,
      train: async (run) => {
        if (held.has(run.id)) throw new RunLocked(run.id);
        held.add(run.id);
        await new Promise((resolve) => setTimeout(resolve, 5));
        held.delete(run.id);
        return await work.train(run);
      },
    });
  const [first, second] = await Promise.all([one(), one()]);
  assert.deepEqual(trained.toSorted(), ["a", "b", "c", "teacher"]);
  assert.equal(store.size, 4);
  assert.deepEqual(states(first), states(second));
});

Deno.test("trainPlan() trains as many runs at once as there are jobs, students after their teachers", async () => {
  const { trained, work } = memory();
  const log: string[] = [];
  const finish = new Map<string, () => void>();
  const train = async (run: PlannedRun) => {
    log.push(run.id);
    await new Promise<void>((resolve) => finish.set(run.id, resolve));
    return await work.train(run);
  };
  const training = trainPlan(PLAN, { ...work, train, jobs: 2 });
  for (
    const [id, running] of [
      ["teacher", ["teacher", "c"]],
      ["a", ["teacher", "c", "a"]],
      ["c", ["teacher", "c", "a", "b"]],
      ["b", ["teacher", "c", "a", "b"]],
    ] as const
  ) {
    while (!finish.has(id)) await new Promise((go) => setTimeout(go));
    finish.get(id)!();
    finish.delete(id);
    while (trained.at(-1) !== id) await new Promise((go) => setTimeout(go));
    assert.deepEqual(log.slice(0, running.length), running);
    assert(log.length - trained.length <= 2);
  }
  assert.deepEqual(states(await training), ["teacher", "a", "b", "c"]);
});

Deno.test("trainPlan() waits for the runs that it has begun when it is aborted", async () => {
  const { work } = memory();
  const control = new AbortController();
  const { signal } = control;
  const saved: string[] = [];
  const train = async ({ id }: PlannedRun): Promise<RunRecord> => {
    if (id === "c") control.abort("stop");
    else await new Promise((resolve) => setTimeout(resolve, 5));
    saved.push(id);
    throw signal.reason;
  };
  const training = trainPlan(PLAN, { ...work, train, jobs: 2, signal });
  await assert.rejects(training, (reason) => reason === "stop");
  assert.deepEqual(saved.toSorted(), ["c", "teacher"]);
});

Deno.test("trainPlan() throws the reason when it is aborted", async () => {
  const { trained, work } = memory();
  const control = new AbortController();
  const { signal } = control;
  await assert.rejects(
    trainPlan(PLAN, {
      ...work,
      signal,
      train: (run) => {
        if (run.id !== "b") return work.train(run);
        control.abort("stop");
        return Promise.reject(signal.reason);
      },
    }),
    (reason) => reason === "stop",
  );
  assert.deepEqual(trained, ["teacher", "a"]);
});
