import assert from "node:assert/strict";
import { hasGpu } from "../../lib/engine/device.ts";
import {
  defaultJobs,
  processThreads,
  threadVariables,
  useThreads,
} from "../../lib/runs/threads.ts";

const WITHIN = "TF_NUM_INTRAOP_THREADS";
const cores = navigator.hardwareConcurrency;

/** Runs a test and restores the variables of TensorFlow. */
function restoring(test: () => void) {
  const before = Object.keys(threadVariables(1))
    .map((name) => [name, Deno.env.get(name)] as const);
  try {
    test();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) Deno.env.delete(name);
      else Deno.env.set(name, value);
    }
  }
}

Deno.test("a process has the threads of its variable, or else all cores", () =>
  restoring(() => {
    Deno.env.delete(WITHIN);
    assert.equal(processThreads(), cores);
    useThreads(undefined);
    assert.equal(processThreads(), cores);
    useThreads(3);
    assert.equal(processThreads(), 3);
  }));

Deno.test("operations run one after another only on one thread", () => {
  assert.deepEqual(threadVariables(undefined), {});
  assert.deepEqual(Object.values(threadVariables(1)), ["1", "1"]);
  assert.deepEqual(Object.values(threadVariables(4)), ["4", "0"]);
});

Deno.test("as many runs are trained at once as have a core per thread", () => {
  assert.equal(defaultJobs(undefined), 1);
  assert.equal(defaultJobs(2 * cores), 1);
  assert.equal(defaultJobs(1), hasGpu() ? 1 : cores);
});
