import assert from "node:assert/strict";
import { planDatasets } from "../../../lib/cli/cluster/plan_datasets.ts";
import {
  specOf,
  synthetic,
} from "../../../lib/cli/commands/synthetic/synthetic.ts";
import { parseCommandLine } from "../../../lib/cli/flags/command_line.ts";
import { runsFolder } from "../../../lib/runs/store.ts";
import { openSyntheticStore } from "../../../lib/synthetic/store.ts";
import { SYNTHETIC_STUDIES } from "../../../lib/synthetic/studies.ts";
import { environment } from "../../environment.ts";
import { recordOf } from "../../synthetic/records.ts";
import { inFolder } from "../program.ts";

const { smoke, synthetic: full } = SYNTHETIC_STUDIES;

Deno.test("planDatasets() plans every data set once, in jobs of about ten minutes", () =>
  inFolder(async (results) => {
    using _ = environment({ ILS_RESULTS_DIR: results });
    const { jobs, total, finished, seconds } = await planDatasets([full]);
    assert.deepEqual([total, finished], [5 * 100, 0]);
    assert.equal(seconds, 100 * (15 + 15 + 4 + 7 + 64));
    const ranges = jobs.map(({ datasets }) => datasets!);
    const teachers = ranges.filter(({ folder }) => folder.includes("teachers"));
    // 10 data sets of 64 s take 640 s.
    assert.deepEqual(
      teachers.map(({ first, count }) => [first, count]),
      Array.from({ length: 10 }, (_, i) => [10 * i, 10]),
    );
    const surface = ranges.filter(({ folder }) => folder.includes("fig-11"));
    assert.deepEqual(
      surface.map(({ first, count }) => [first, count]),
      [[0, 86], [86, 14]],
    );
    const planned = ranges.flatMap(({ folder, first, count }) =>
      Array.from({ length: count }, (_, i) => `${folder} ${first + i}`)
    );
    assert.equal(new Set(planned).size, total);
    assert.equal(planned.length, total);
    assert.equal(new Set(jobs.map(({ id }) => id)).size, jobs.length);
  }));

Deno.test("the commands of planDatasets() compute the data sets of the study", () =>
  inFolder(async (results) => {
    using _ = environment({ ILS_RESULTS_DIR: results });
    for (const study of [smoke, full]) {
      const { jobs } = await planDatasets([study]);
      const specs = jobs.map(({ command }) => {
        const request = parseCommandLine(command.slice(2), {
          ...{ program: "ils", name: "synthetic", summary: "" },
          ...synthetic,
        });
        assert(request.kind === "run");
        assert.equal(request.values.workers, 1);
        return specOf(request.values);
      });
      for (const [i, { datasets }] of jobs.entries()) {
        const root = runsFolder();
        const { folder } = await openSyntheticStore(specs[i], { root });
        assert.equal(folder, datasets!.folder);
      }
    }
  }));

Deno.test("planDatasets() leaves out what is finished", () =>
  inFolder(async (results) => {
    using _ = environment({ ILS_RESULTS_DIR: results });
    const { table, surface } = smoke.parts;
    const write = async (spec: typeof table | typeof surface, n: number) => {
      const store = await openSyntheticStore(spec, { root: runsFolder() });
      await store.write(recordOf(spec.experiment, n));
    };
    await write(table, 1);
    for (let n = 0; n < smoke.datasets; n++) await write(surface, n);
    const { jobs, finished } = await planDatasets([smoke]);
    assert.equal(finished, 5);
    assert.deepEqual(
      jobs.map(({ datasets }) => datasets!.folder.split("-s1-")[0].slice(-9)),
      ["table-v-b32", "table-v-full", "fig-6-b32", "teachers-full"]
        .map((name) => `synthetic-${name}`.slice(-9)),
    );
  }));
