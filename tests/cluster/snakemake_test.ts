import assert from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import { checkSnakemake } from "../../lib/cli/cluster/run_plan.ts";
import type { JobPlan } from "../../lib/cluster/job_plan.ts";
import { jobsFile } from "../../lib/cluster/jobs_file.ts";
import { jobPrefix } from "../../lib/cluster/leftovers.ts";
import { inFolder } from "../cli/program.ts";
import { environment } from "../environment.ts";

Deno.test("without Snakemake, a cluster is refused in one line", () =>
  inFolder((folder) => {
    assert.throws(
      () => checkSnakemake("slurm", folder),
      new BadInput(
        "--executor slurm needs Snakemake, which is not installed: run deno " +
          "task setup --cluster",
      ),
    );
    return Promise.resolve();
  }));

Deno.test("jobPrefix() is a name for Slurm, and differs between plans", () => {
  const [one, other] = ["/a/plans/x.json", "/b/plans/x.json"].map(jobPrefix);
  assert.match(one, /^[\w-]{1,50}$/);
  assert.notEqual(one, other);
});

const PLAN: JobPlan = {
  ...{ schema: 1, name: "p", file: "results/plans/p.json", complete: true },
  ...{ runs: [], jobs: [], finished: 0, atOnce: 1, seconds: 0 },
  ...{ datasets: { total: 0, finished: 0 }, secondsFrom: { kind: "nothing" } },
  ...{ multiplyAdds: 0, bytes: 0 },
  results: {
    command: ["ils", "tune", "--out", "it's here"],
    resources: { threads: 1, memoryMb: 1, gpus: 0, minutes: 1 },
  },
};

Deno.test("jobs find the caller's folders whatever environment a cluster gives them", async () => {
  using _ = environment({
    INIT_CWD: "/home/user",
    ILS_RESULTS_DIR: "my results",
    ILS_DATA_DIR: "/data",
  });
  const { ils, results, folder } = await jobsFile(PLAN);
  assert.equal(folder, "results/plans/p");
  const folders = "ILS_RESULTS_DIR='/home/user/my results' ILS_DATA_DIR=/data ";
  assert(ils.startsWith(`${folders}INIT_CWD='' ${Deno.execPath()} run `), ils);
  assert(results!.line.startsWith(`${folders}INIT_CWD=/home/user `));
  assert(results!.line.endsWith(` tune --out 'it'\\''s here'`));
});
