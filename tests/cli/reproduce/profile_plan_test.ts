import assert from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../../lib/files/project_root.ts";
import { BadInput } from "../../../lib/bad_input.ts";
import {
  networkPlans,
  PLANNED_PROFILES,
  planOf,
  profilesOf,
} from "../../../lib/cli/reproduce/profile_plan.ts";
import { runId } from "../../../lib/runs/spec.ts";
import { possibleSpecs } from "../../../lib/study/tuning.ts";
import { SYNTHETIC_STUDIES } from "../../../lib/synthetic/studies.ts";
import { openSyntheticStore } from "../../../lib/synthetic/store.ts";
import { recordOf } from "../../synthetic/records.ts";

const numbersOf = (notebooks: readonly string[]) =>
  notebooks.map((name) => name.slice(0, 2)).join(" ");

Deno.test("each profile has the notebooks whose runs it contains", async () => {
  const images = "01 02 03 04 05 06 07";
  const expected = {
    quick: images,
    standard: images,
    "standard-cifar10": images,
    "paper-cifar10-resnet18": images,
    "paper-cifar10-inceptionv4": images,
    "paper-cifar100-resnet50": images,
    "paper-fashionmnist-densenet161": images,
    smoke: "01 02 03 04 05 06 07 08 09",
    regimes: "09",
    "regimes-full": "09",
    synthetic: "08",
  };
  assert.deepEqual(
    [...PLANNED_PROFILES.keys()].sort(),
    [
      ...Object.keys(expected),
    ].sort(),
  );
  for (const [name, numbers] of Object.entries(expected)) {
    assert.equal(numbersOf((await planOf(name, ROOT)).notebooks), numbers);
  }
});

Deno.test("profilesOf() lists the four pairs of profile paper in the paper's order", () => {
  assert.deepEqual(profilesOf("paper"), [
    "paper-cifar10-resnet18",
    "paper-cifar10-inceptionv4",
    "paper-cifar100-resnet50",
    "paper-fashionmnist-densenet161",
  ]);
  assert.deepEqual(profilesOf("quick"), ["quick"]);
});

Deno.test("planOf() lists the profiles when it refuses an unknown one", () =>
  assert.rejects(
    planOf("toString", ROOT),
    new BadInput(
      `Profile must be one of ${[...PLANNED_PROFILES.keys()].join(", ")}: ` +
        "current value is toString",
    ),
  ));

Deno.test("the synthetic notebook is up to date when every data set is stored", async () => {
  const root = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(root, "notebooks"));
    const plan = await planOf("smoke", root);
    const { parts, datasets } = SYNTHETIC_STUDIES.smoke;
    const runs = join(root, "results", "runs");
    const fill = async (spec: typeof parts[keyof typeof parts]) => {
      const store = await openSyntheticStore(spec, { root: runs });
      for (let dataset = 0; dataset < datasets; dataset++) {
        await store.write(recordOf(spec.experiment, dataset));
      }
      return store.folder;
    };
    const folders = [];
    for (const spec of Object.values(parts)) {
      assert.equal(await plan.runsExist("08_synthetic"), false);
      folders.push(await fill(spec));
    }
    assert.equal(await plan.runsExist("08_synthetic"), true);
    await Deno.remove(join(folders[2], "dataset-003.json"));
    assert.equal(await plan.runsExist("08_synthetic"), false);
    const ids = await plan.runIds();
    for (const folder of folders) {
      assert(ids.includes(folder.slice(runs.length + 1)));
    }
    await plan.removeRuns();
    assert.deepEqual([...Deno.readDirSync(runs)], []);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("removeRuns() removes every run that a tuned profile may lead to, and no other", async () => {
  const root = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(root, "notebooks"));
    const plan = await planOf("smoke", root);
    const runs = join(root, "results", "runs");
    const ids = possibleSpecs(networkPlans("smoke")).map(runId);
    for (const id of [...ids, "excerpt-mlp-ce-s1-somebody"]) {
      await Deno.mkdir(join(runs, id), { recursive: true });
    }
    await plan.removeRuns();
    const left = [...Deno.readDirSync(runs)].map(({ name }) => name);
    assert.deepEqual(left, ["excerpt-mlp-ce-s1-somebody"]);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("before tuning, a plan lists the runs that decide", async () => {
  const root = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(root, "notebooks"));
    const plan = await planOf("quick", root);
    const ids = await plan.runIds();
    // 23 candidates and their teachers with three seeds, and ten ce networks, each
    // with a student of its plain and of its scaled logits.
    assert.equal(ids.length, 24 * 3 + 10 + 20);
    assert.equal(await plan.runsExist("03_smoothed_training"), false);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
