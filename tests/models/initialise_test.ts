import assert from "node:assert/strict";
import { mlp } from "../../lib/models/mlp.ts";
import { shallownet } from "../../lib/models/shallownet.ts";
import { stream } from "../../lib/random.ts";
import { mean, sampleStandardDeviation } from "../../lib/statistics/summary.ts";
import { assertAllClose } from "../training/all_close.ts";

const SIZE = { height: 28, width: 28, channels: 1, classes: 10 };

Deno.test("initialise() draws kernels by fan-in, with half the variance for logits", () => {
  const model = mlp({ ...SIZE, random: stream(1, "init") });
  const kernels = model.getWeights().filter(({ rank }) => rank === 2);
  // sqrt(2 / fan-in) before a ReLU, sqrt(1 / fan-in) for the logits
  const deviations = [2 / 784, 2 / 256, 1 / 128].map(Math.sqrt);
  kernels.forEach((kernel, i) => {
    const values = kernel.dataSync();
    // Four standard errors: 1 / sqrt(n) for a mean, 1 / sqrt(2 n) for a width.
    const width = deviations[i];
    const error = 4 * width / Math.sqrt(values.length);
    assertAllClose([mean(values)], [0], error, "mean");
    assertAllClose([sampleStandardDeviation(values)], [width], error, "width");
  });
  model.dispose();
});

Deno.test("initialise() leaves biases at 0, gammas and variances at 1", () => {
  const model = shallownet({ ...SIZE, random: stream(1, "init") });
  const expected = { bias: 0, gamma: 1, beta: 0, mean: 0, variance: 1 };
  const seen = new Set<string>();
  for (const weight of model.weights) {
    const kind = weight.originalName.split(/[/_]/).at(-1)!;
    if (kind === "kernel") continue;
    seen.add(kind);
    const values = weight.read().dataSync();
    const all = expected[kind as keyof typeof expected];
    assert.ok(values.every((value) => value === all), weight.originalName);
  }
  assert.deepEqual([...seen].sort(), Object.keys(expected).sort());
  model.dispose();
});
