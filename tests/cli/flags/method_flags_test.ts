import assert from "node:assert/strict";
import {
  methodFlags,
  objectiveFlags,
  objectiveOf,
} from "../../../lib/cli/flags/method_flags.ts";

type ObjectiveValues = Parameters<typeof objectiveOf>[1];

/** Returns values of all flags, undefined for those not listed. */
function values(some: Partial<ObjectiveValues>): ObjectiveValues {
  const all = Object.keys(objectiveFlags).map((name) => [name, undefined]);
  return { ...Object.fromEntries(all), ...some };
}

Deno.test("objectiveOf() passes given hyperparameters to their method or loss", () => {
  assert.deepEqual(objectiveOf("focal", values({ focalGamma: 2 })), {
    kind: "loss",
    loss: { name: "focal", focalGamma: 2 },
  });
  const betaValues = values({ betaA: 4, emaDecay: 0.9 });
  assert.deepEqual(objectiveOf("beta", betaValues), {
    kind: "loss",
    loss: { name: "beta", betaA: 4, betaWeight: 0.6, emaDecay: 0.9 },
  });
  assert.deepEqual(objectiveOf("ls", values({ epsilon: 0.2 })), {
    kind: "targets",
    method: { name: "ls", epsilon: 0.2 },
  });
});

Deno.test("objectiveOf() defaults lambda to 0.5 for mix and 1 for self-distillation", () => {
  assert.deepEqual(objectiveOf("mix", values({})), {
    kind: "targets",
    method: { name: "mix", lambda: 0.5 },
  });
  assert.deepEqual(objectiveOf("self-distillation", values({})), {
    kind: "targets",
    method: { name: "self-distillation", lambda: 1, temperature: 1 },
  });
});

Deno.test("objectiveOf() needs an amount for ils-shrunk and completes the rest", () => {
  const shape = { shrink: 0.5, temperature: 1 };
  assert.deepEqual(objectiveOf("ils-shrunk", values({ epsilon: 0.05 })), {
    kind: "targets",
    method: { name: "ils-shrunk", epsilon: 0.05, ...shape },
  });
  assert.deepEqual(objectiveOf("ils-shrunk", values({ p1: 0.9 })), {
    kind: "targets",
    method: { name: "ils-shrunk", p1: 0.9, p2: 2, maxEpsilon: 0.2, ...shape },
  });
  assert.throws(
    () => objectiveOf("ils-shrunk", values({ shrink: 1 })),
    /Method ils-shrunk needs epsilon, or p1 and p2$/,
  );
});

Deno.test("the help of a training flag ends with its default", () => {
  assert.match(objectiveFlags.epsilon.help, / \(default: 0\.1\)$/);
  assert.match(objectiveFlags.maxEpsilon.help, / \(default: 0\.2\)$/);
  assert.match(
    objectiveFlags.lambda.help,
    / \(default: mix 0\.5, self-distillation 1\)$/,
  );
  assert.match(objectiveFlags.mblsMargin.help, /^mbls: .* \(default: 10\)$/);
  // `ils targets` has no default for epsilon.
  assert.doesNotMatch(methodFlags.epsilon.help, /default/);
  assert.match(methodFlags.temperature.help, / \(default: 1\)$/);
});
