import assert from "node:assert/strict";
import {
  methodFlags,
  objectiveFlags,
  objectiveOf,
} from "../../../lib/cli/flags/method_flags.ts";

type Given = Parameters<typeof objectiveOf>[1];

/** What flags hold of which only some are given. */
function values(given: Partial<Given>): Given {
  const all = Object.keys(objectiveFlags).map((name) => [name, undefined]);
  return { ...Object.fromEntries(all), ...given };
}

Deno.test("objectiveOf() hands the numbers that were given to their method", () => {
  assert.deepEqual(objectiveOf("focal", values({ focalGamma: 2 })), {
    kind: "loss",
    loss: { name: "focal", focalGamma: 2 },
  });
  const given = values({ betaA: 4, emaDecay: 0.9 });
  assert.deepEqual(objectiveOf("beta", given), {
    kind: "loss",
    loss: { name: "beta", betaA: 4, betaWeight: 0.6, emaDecay: 0.9 },
  });
  assert.deepEqual(objectiveOf("ls", values({ epsilon: 0.2 })), {
    kind: "targets",
    method: { name: "ls", epsilon: 0.2 },
  });
});

Deno.test("objectiveOf() mixes half a teacher in, and distils all of it", () => {
  assert.deepEqual(objectiveOf("mix", values({})), {
    kind: "targets",
    method: { name: "mix", lambda: 0.5 },
  });
  assert.deepEqual(objectiveOf("self-distillation", values({})), {
    kind: "targets",
    method: { name: "self-distillation", lambda: 1, temperature: 1 },
  });
});

Deno.test("the flags of a training tell each number's default", () => {
  assert.match(objectiveFlags.epsilon.help, / \(default: 0\.1\)$/);
  assert.match(objectiveFlags.maxEpsilon.help, / \(default: 0\.2\)$/);
  assert.match(
    objectiveFlags.lambda.help,
    / \(default: mix 0\.5, self-distillation 1\)$/,
  );
  assert.match(objectiveFlags.mblsMargin.help, /^mbls: .* \(default: 10\)$/);
  // Where only targets are made, nobody says how much to smooth.
  assert.doesNotMatch(methodFlags.epsilon.help, /default/);
  assert.match(methodFlags.temperature.help, / \(default: 1\)$/);
});
