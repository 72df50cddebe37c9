import assert from "node:assert/strict";
import { parseMessage } from "../../../lib/files/read_json.ts";
import { runId, runTeacher } from "../../../lib/runs/spec.ts";
import {
  TRAIN_TASK,
  type TrainTask,
  WORKER_EVENT,
} from "../../../lib/runs/workers/messages.ts";
import { TAUGHT, TINY } from "../specs.ts";

const task: TrainTask = {
  spec: {
    ...TAUGHT,
    training: { ...TAUGHT.training, threads: 2 },
    teacher: runTeacher(TINY),
  },
  folder: "runs/a",
  teachers: ["runs/b"],
  teacherLogits: { path: "0.npy", source: "L.npy" },
  resume: true,
};

const sent = (message: unknown) => JSON.stringify(message);

Deno.test("a task arrives unchanged, with the id of its run", () => {
  const received = parseMessage(sent(task), TRAIN_TASK, "task");
  assert.deepEqual(received, task);
  assert.equal(runId(received.spec), runId(task.spec));
});

Deno.test("an infinite rate or time of a step arrives as infinity", () => {
  const report = { epoch: 1, epochs: 2, step: 1, steps: 3, loss: 0.5 };
  const rates = { imagesPerSecond: Infinity, secondsLeft: Infinity };
  const event = { event: "step", report: { ...report, ...rates } };
  assert.deepEqual(parseMessage(sent(event), WORKER_EVENT, "worker"), event);
});

const WRONG: readonly [unknown, RegExp][] = [
  [{ event: "finished" }, /^Error: The worker: /],
  [{ event: "failed", reason: "other" }, /^Error: The worker: message /],
  ["", /^Error: The worker: /],
];

for (const [message, expected] of WRONG) {
  Deno.test(`${sent(message)} from a worker is an error that names it`, () => {
    assert.throws(
      () => parseMessage(sent(message), WORKER_EVENT, "The worker"),
      expected,
    );
  });
}
