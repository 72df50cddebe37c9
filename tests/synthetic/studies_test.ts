import assert from "node:assert/strict";
import { join } from "node:path";
import {
  studyFolders,
  studyIsDone,
  SYNTHETIC_STUDIES,
} from "../../lib/synthetic/studies.ts";
import { openSyntheticStore } from "../../lib/synthetic/store.ts";
import { STUDY_SPEC } from "../../lib/synthetic/spec.ts";
import { inFolder, listing } from "../cli/program.ts";
import { recordOf } from "./records.ts";

const { smoke, synthetic } = SYNTHETIC_STUDIES;

Deno.test("the synthetic study has the published settings, Table V at two batch sizes", () => {
  assert.equal(synthetic.datasets, 100);
  const { table, tableFull, bestEpsilon, surface } = synthetic.parts;
  assert.deepEqual(table, STUDY_SPEC);
  assert.deepEqual(tableFull, { ...STUDY_SPEC, batchSize: null });
  assert.deepEqual(bestEpsilon, { ...STUDY_SPEC, experiment: "fig-6" });
  assert.deepEqual(surface, { ...STUDY_SPEC, experiment: "fig-11" });
});

Deno.test("each part of each study has its own folder, which is not created", () =>
  inFolder(async (root) => {
    const folders = [
      ...await studyFolders(smoke, root),
      ...await studyFolders(synthetic, root),
    ];
    assert.equal(new Set(folders).size, 2 * 5);
    assert(folders.every((folder) => folder.startsWith(`${root}/synthetic-`)));
    assert.deepEqual(listing(root), {});
  }));

Deno.test("a study is done when the last data set of the last part is", () =>
  inFolder(async (root) => {
    const parts = Object.values(smoke.parts);
    for (const spec of parts) {
      const store = await openSyntheticStore(spec, { root });
      for (let dataset = 0; dataset < smoke.datasets; dataset++) {
        assert.equal(await studyIsDone(smoke, root), false);
        await store.write(recordOf(spec.experiment, dataset));
      }
    }
    assert.equal(await studyIsDone(smoke, root), true);
    assert.equal(await studyIsDone(synthetic, root), false);
    const [, , , , last] = await studyFolders(smoke, root);
    await Deno.writeTextFile(join(last, "dataset-003.json"), '{"dataset":3');
    assert.equal(await studyIsDone(smoke, root), false);
  }));
