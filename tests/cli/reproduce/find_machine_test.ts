import assert from "node:assert/strict";
import {
  findMachine,
  relevantVariables,
} from "../../../lib/cli/reproduce/find_machine.ts";

Deno.test("findMachine() records versions, packages and the processor", async () => {
  const { versions, packages, device } = await findMachine();
  assert.deepEqual(Object.keys(versions).sort(), [
    ...["deno", "library", "tensorflow", "tfjs"],
  ]);
  assert.match(packages["@observablehq/plot"], /^\d+\.\d+\.\d+$/);
  assert.equal(packages["@tensorflow/tfjs-node-gpu"], versions.tfjs);
  assert.match(device, new RegExp(Deno.build.arch));
});

Deno.test("findMachine() records the variables that the process was started with", async () => {
  Deno.env.set("TF_SET_LATER", "1");
  try {
    const { environment } = await findMachine();
    assert.equal(environment.TF_SET_LATER, undefined);
  } finally {
    Deno.env.delete("TF_SET_LATER");
  }
});

Deno.test("variables that can change numbers are recorded, no paths", () => {
  assert.deepEqual(
    relevantVariables({
      TF_ENABLE_ONEDNN_OPTS: "0",
      OMP_NUM_THREADS: "2",
      ILS_ENGINE: "eager",
      ILS_DATA_DIR: "/home/me/data",
      ILS_RUNS: "/home/me/runs",
      ILS_PROFILE: "quick",
      TF_CPP_MIN_LOG_LEVEL: "2",
      TOKEN: "secret",
      HOME: "/home/me",
    }),
    { ILS_ENGINE: "eager", OMP_NUM_THREADS: "2", TF_ENABLE_ONEDNN_OPTS: "0" },
  );
});
