import assert from "node:assert/strict";
import { hasGpu } from "../../lib/engine/device.ts";
import {
  defaultJobs,
  processThreads,
  threadVariables,
  useThreads,
} from "../../lib/runs/threads.ts";
import { environment } from "../environment.ts";

const WITHIN = "TF_NUM_INTRAOP_THREADS";
const BETWEEN = "TF_NUM_INTEROP_THREADS";
const cores = navigator.hardwareConcurrency;

Deno.test("a process has the threads of its variable, or else all cores", () => {
  using _ = environment({ [WITHIN]: undefined, [BETWEEN]: undefined });
  assert.equal(processThreads(), cores);
  useThreads(undefined);
  assert.equal(processThreads(), cores);
  useThreads(3);
  assert.equal(processThreads(), 3);
});

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
