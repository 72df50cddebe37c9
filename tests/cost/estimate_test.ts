import assert from "node:assert/strict";
import { runBytes } from "../../lib/cost/run_bytes.ts";
import type { RunSpec } from "../../lib/runs/spec.ts";
import {
  estimate,
  type Measure,
  type TimedRun,
} from "../../lib/cost/estimate.ts";
import { TINY } from "../runs/specs.ts";
import { smoothed } from "../tune/samples.ts";

const SIZES = { train: 60, validation: 40, test: 200, classes: 10 };

const NETWORK = {
  ...{ parameters: 900, weights: 1000, multiplyAdds: 7 },
  ...{ batch: 20, stepBytes: 5e8 },
};

const MEASURE: Measure = {
  sizes: () => Promise.resolve(SIZES),
  network: () => Promise.resolve(NETWORK),
  speed: () =>
    Promise.resolve({ kind: "epochs", secondsPerImage: 0.01, steps: 3 }),
};

const UNMEASURED: Measure = {
  ...MEASURE,
  speed: () => assert.fail("finished runs make this unnecessary"),
};

// 300 rows of 10 logits, a label and an index, and the weights.
const BYTES = 4 * 1000 + 300 * 48;

Deno.test("estimate() is images * epochs * seconds per image, measured if no run is finished", async () => {
  const missing = [smoothed(0.1), smoothed(0.2)];
  const each = {
    images: 60,
    // Two epochs: three passes per training image, one per validation image.
    multiplyAdds: 2 * (3 * 60 + 40) * 7,
    seconds: 60 * 2 * 0.01,
    bytes: BYTES,
    stepBytes: 5e8,
  };
  assert.deepEqual(await estimate(missing, MEASURE), {
    runs: [each, each],
    multiplyAdds: 2 * each.multiplyAdds,
    seconds: 2 * 60 * 2 * 0.01,
    secondsFrom: { kind: "steps", steps: 3 },
    bytes: 2 * BYTES,
    stepBytes: 5e8,
  });
});

Deno.test("estimate() uses finished runs of the same model, data and batch size", async () => {
  const timed = (spec: RunSpec, seconds: number, epochs: number): TimedRun => ({
    ...{ spec, seconds, epochs, trainImages: 60 },
  });
  const longer = { ...TINY, training: { ...TINY.training, epochs: 5 } };
  const elsewhere: RunSpec[] = [
    { ...TINY, model: "mlp" },
    { ...TINY, data: { ...TINY.data, limit: 50 } },
    { ...TINY, training: { ...TINY.training, batchSize: 7 } },
    { ...TINY, data: { ...TINY.data, own: { folder: "/a", sha256: "0" } } },
  ];
  const others = elsewhere.map((spec) => timed(spec, 999, 1));
  // 0.1 and 0.3 seconds per image; no run has these settings, so all 2 epochs.
  const runs = [timed(longer, 30, 5), timed(longer, 90, 5), ...others];
  const { seconds, secondsFrom } = await estimate([TINY], UNMEASURED, {
    finished: runs,
  });
  assert.ok(Math.abs(seconds - 60 * 2 * 0.2) < 1e-9);
  assert.deepEqual(secondsFrom, { kind: "runs", runs: 2 });
  assert.equal(
    (await estimate([TINY], MEASURE, { finished: others })).secondsFrom.kind,
    "steps",
  );
});

Deno.test("estimate() expects early stopping if runs with the same settings stopped early", async () => {
  const run = { spec: smoothed(0.3), seconds: 6, epochs: 1, trainImages: 60 };
  const { seconds } = await estimate([TINY], UNMEASURED, {
    finished: [run],
  });
  assert.ok(Math.abs(seconds - 6) < 1e-9);
});

Deno.test("estimate() of a run with a held-out fold counts fewer training rows, as many in all", async () => {
  const folded: RunSpec = {
    ...TINY,
    data: { ...TINY.data, holdOut: { folds: 3, fold: 0, seed: 1 } },
  };
  const { seconds, bytes } = await estimate([folded], MEASURE);
  assert.ok(Math.abs(seconds - 40 * 2 * 0.01) < 1e-9);
  assert.equal(bytes, BYTES);
  assert.equal(runBytes({ ...SIZES, held: 0 }, 1000), BYTES);
});

Deno.test("estimate() of no runs measures nothing", async () => {
  const none = () => assert.fail("nothing is missing");
  assert.deepEqual(
    await estimate([], { sizes: none, network: none, speed: none }),
    {
      runs: [],
      ...{ multiplyAdds: 0, seconds: 0, bytes: 0, stepBytes: 0 },
      secondsFrom: { kind: "nothing" },
    },
  );
});

Deno.test("estimate() measures once for runs of the same model, data and batch size", async () => {
  const measured: string[] = [];
  const measure: Measure = {
    ...MEASURE,
    network: (spec) => {
      measured.push(spec.model);
      const multiplyAdds = spec.model === "mlp" ? 100 : 7;
      return Promise.resolve({ ...NETWORK, multiplyAdds });
    },
  };
  const other = { ...TINY, model: "mlp" as const };
  const specs = [TINY, other, smoothed(0.1), { ...other, seed: 2 }];
  const { runs } = await estimate(specs, measure);
  assert.deepEqual(measured, ["lenet", "mlp"]);
  assert.deepEqual(
    runs.map(({ multiplyAdds }) => multiplyAdds / 440),
    [7, 100, 7, 100],
  );
});
