import assert from "node:assert/strict";
import { join } from "node:path";
import { checkStudy } from "../../../lib/cli/verify/check_study.ts";
import {
  datasetPath,
  openSyntheticStore,
} from "../../../lib/synthetic/store.ts";
import {
  studyFolders,
  SYNTHETIC_STUDIES,
} from "../../../lib/synthetic/studies.ts";
import { recordOf } from "../../synthetic/records.ts";
import { inFolder } from "../program.ts";

const STUDY = SYNTHETIC_STUDIES.smoke;

Deno.test("data sets of a study that are missing or have changed are named", () =>
  inFolder(async (root) => {
    const folders = await studyFolders(STUDY, root);
    const ids = folders.map((folder) => folder.slice(root.length + 1));
    assert.deepEqual(await checkStudy(STUDY, root), {
      missing: ids,
      changed: [],
    });
    for (const spec of Object.values(STUDY.parts)) {
      const store = await openSyntheticStore(spec, { root });
      for (let dataset = 0; dataset < STUDY.datasets; dataset++) {
        await store.write(recordOf(spec.experiment, dataset));
      }
    }
    assert.deepEqual(await checkStudy(STUDY, root), {
      missing: [],
      changed: [],
    });
    await Deno.remove(datasetPath(folders[0], 2));
    const path = datasetPath(folders[1], 1);
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(
      path,
      text.replace('"epochs":40', '"epochs":41'),
    );
    await Deno.writeTextFile(join(folders[2], "dataset-003.json"), "{");
    assert.deepEqual(await checkStudy(STUDY, root), {
      missing: [`${ids[0]}: 3 of 4 data sets`],
      changed: [
        `${ids[1]}/dataset-001.json has changed`,
        `${ids[2]}/dataset-003.json has changed`,
      ],
    });
  }));
