import assert from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import {
  checkLoss,
  isLossName,
  LOSS_NAMES,
  type LossName,
  type LossNumbers,
  type LossSpec,
  parseLoss,
} from "../../lib/training/loss_spec.ts";
import { METHOD_NAMES } from "../../lib/smoothing/method.ts";

Deno.test("parseLoss() fills in defaults", () => {
  assert.deepEqual(LOSS_NAMES.map((name) => parseLoss(name, {})), [
    { name: "bootstrap-soft", bootstrapBeta: 0.95 },
    { name: "beta", betaA: 3, betaWeight: 0.6, emaDecay: 0.999 },
    { name: "focal", focalGamma: 3 },
    { name: "flsd-53" },
    { name: "mbls", mblsAlpha: 0.1, mblsMargin: 10 },
    { name: "confidence-penalty", penaltyWeight: 0.1 },
    { name: "brier" },
  ]);
  assert.deepEqual(parseLoss("mbls", { mblsMargin: 0 }), {
    name: "mbls",
    mblsAlpha: 0.1,
    mblsMargin: 0,
  });
});

Deno.test("no loss has the name of a smoothing method", () => {
  assert.deepEqual(METHOD_NAMES.filter(isLossName), []);
  assert.equal(isLossName("constructor"), false);
});

const REFUSED: readonly [
  LossName,
  LossNumbers & { epsilon?: number },
  string,
][] = [
  [
    "brier",
    { focalGamma: 2 },
    "Method brier does not use focalGamma: it takes no settings",
  ],
  [
    "mbls",
    { epsilon: 0.1 },
    "Method mbls does not use epsilon: it takes mblsAlpha, mblsMargin",
  ],
  [
    "focal",
    { focalGamma: -1 },
    "Cannot train with focal as focalGamma must be in [0, Infinity): " +
    "current value is -1",
  ],
  [
    "bootstrap-soft",
    { bootstrapBeta: 1.1 },
    "Cannot train with bootstrap-soft as bootstrapBeta must be in [0, 1]: " +
    "current value is 1.1",
  ],
  [
    "beta",
    { betaA: 0 },
    "Cannot train with beta as betaA must be in (0, Infinity): " +
    "current value is 0",
  ],
  [
    "beta",
    { emaDecay: 1 },
    "Cannot train with beta as emaDecay must be in [0, 1): current value is 1",
  ],
];

for (const [name, numbers, message] of REFUSED) {
  Deno.test(`parseLoss() refuses ${name} with ${JSON.stringify(numbers)}`, () => {
    assert.throws(() => parseLoss(name, numbers), new BadInput(message));
  });
}

const WRONG: readonly [object, string][] = [
  [
    { name: "hinge" },
    `Loss must be one of ${LOSS_NAMES.join(", ")}: current value is hinge`,
  ],
  [
    { name: "focal" },
    "Method focal must have focalGamma: focalGamma is missing",
  ],
  [
    { name: "flsd-53", focalGamma: 3 },
    "Method flsd-53 has an unknown key focalGamma: allowed are none",
  ],
];

for (const [spec, message] of WRONG) {
  Deno.test(`checkLoss() refuses ${JSON.stringify(spec)}`, () => {
    assert.throws(() => checkLoss(spec as LossSpec), new BadInput(message));
  });
}
