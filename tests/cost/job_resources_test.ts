import assert from "node:assert/strict";
import { jobResources } from "../../lib/cost/job_resources.ts";
import { TINY } from "../runs/specs.ts";

const withThreads = (threads: number) => ({
  training: { ...TINY.training, threads },
});

Deno.test("jobResources() adds the times of the runs, and takes the memory of the largest", () => {
  const runs = [{ seconds: 60, stepBytes: 4e8 }, {
    seconds: 50,
    stepBytes: 8e8,
  }]
    .map((cost) => ({
      spec: withThreads(2),
      cost: { ...cost, multiplyAdds: 1 },
    }));
  assert.deepEqual(jobResources(runs), {
    threads: 2,
    memoryMb: 2000,
    gpus: 0,
    // 5 + 3 * 110 / 60 = 10.5
    minutes: 11,
  });
});

Deno.test("jobResources() gives a GPU to a run without a number of threads", () => {
  const cost = { seconds: 1e6, multiplyAdds: 120e12, stepBytes: 0 };
  assert.deepEqual(jobResources([{ spec: TINY, cost }]), {
    // 120 s at 1e12 multiply-adds per second, whatever a CPU would take.
    ...{ threads: 4, memoryMb: 1000, gpus: 1, minutes: 5 + 3 * 2 },
  });
});
