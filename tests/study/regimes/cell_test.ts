import assert from "node:assert/strict";
import type { NetworkPlan } from "../../../lib/study/profile.ts";
import { PROFILES } from "../../../lib/study/profiles.ts";
import {
  plainRow,
  regimeCells,
  temperatureScaled,
} from "../../../lib/study/regimes/cell.ts";
import { cellNames, noiseName } from "../../../lib/study/regimes/cell_key.ts";
import { studyTeachers } from "../../../lib/study/study.ts";
import { losses, sampleCell } from "./sample_cells.ts";

const TRAINING = { ...PROFILES.smoke.training, epochs: 1 };

/** Two seeds on thirty noisy images, each taught by two networks for `mix`. */
const PLAN: NetworkPlan = {
  data: {
    ...{ dataset: "excerpt", limit: 60, trainFraction: 0.5, splitSeed: 1 },
    noise: { kind: "even", rate: 0.2, seed: 1 },
  },
  model: "mlp",
  training: TRAINING,
  ensemble: { firstSeed: 1, members: 2 },
  seeds: [1, 2],
  methods: [
    { name: "ce" },
    { name: "ls", epsilon: 0.1 },
    { name: "mix", lambda: 0.5 },
  ],
  tuning: null,
  student: { ...PROFILES.smoke.student!, model: "mlp", training: TRAINING },
};

Deno.test("regimeCells() loads the networks of plans, with or without students", async () => {
  const root = await Deno.makeTempDir();
  try {
    const alone = { ...PLAN, student: null };
    const cells = await regimeCells([PLAN, alone], { root });
    const [{ key, plain, records, costs }, other] = cells;
    assert.deepEqual(key, { network: "mlp", images: 30, noise: "20 % even" });
    assert.deepEqual(
      records.map(({ method, seed }) => `${method} ${seed}`),
      ["ce 1", "ce 2", "ls 1", "ls 2", "mix 1", "mix 2"]
        .concat(["scaled ce 1", "scaled ce 2"]),
    );
    assert(records.every(({ scaled }) => !scaled));
    assert.equal(typeof records[0].studentAccuracy, "number");
    assert(other.records.every((record) => record.studentAccuracy === null));
    assert.deepEqual(
      [...costs].map(([method, { networks }]) => [method, networks]),
      [["ce", 1], ["ls", 1], ["mix", 3], ["scaled ce", 1]],
    );

    const [{ run: { record: { validation } } }] = await studyTeachers(alone, {
      root,
    });
    const { accuracy, logLoss } = validation.plain;
    const [, , , , , , { temperature }] = records;
    assert.deepEqual(plain[0], { seed: 1, temperature, accuracy, logLoss });

    const all = temperatureScaled(cells[0]).records;
    assert.deepEqual(
      [...new Set(all.map(({ method }) => method))],
      ["scaled ce", "ls", "mix"],
    );
    assert.deepEqual(all[0].logLoss, records[6].logLoss);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("plainRow() averages plain training over seeds", () => {
  const two = sampleCell({ noise: "20 % even" }, { ce: losses(1, 1) }, {
    temperatures: [1, 2],
    accuracies: [0.5, 0.5],
  });
  const row = plainRow(two);
  assert.deepEqual(
    [row.network, row.noise, row.n, row.temperature, row.accuracyStdev],
    ["mlp", "20 % even", 2, 1.5, 0],
  );
  assert.equal(row.temperatureStdev?.toFixed(4), Math.SQRT1_2.toFixed(4));
  const one = plainRow(sampleCell({}, { ce: losses(1) }));
  assert.deepEqual([one.temperature, one.temperatureStdev], [1, null]);
});

Deno.test("noiseName() has kind and rate", () => {
  assert.equal(noiseName(undefined), "none");
  assert.equal(noiseName({ kind: "even", rate: 0.3, seed: 1 }), "30 % even");
});

Deno.test("cellNames() names the sizes of a network and a kind of noise together", () => {
  const key = (images: number, noise = "none", network = "mlp") => (
    { network, images, noise }
  );
  assert.equal(
    cellNames([key(1000), key(4000, "20 % even"), key(2000), key(8000)]),
    "mlp, no noise, 1,000, 2,000 and 8,000 images; " +
      "mlp, 20 % even noise, 4,000 images",
  );
});
