import assert from "node:assert/strict";
import { BadInput } from "../lib/bad_input.ts";
import {
  BadSetting,
  checkSettings,
  completeSettings,
  type SettingRules,
  type SettingValues,
} from "../lib/setting_rules.ts";

const RULES = {
  rate: { type: "number", range: { low: 0, high: 1 }, help: "how fast" },
  epochs: {
    type: "whole",
    least: 1,
    most: 9,
    nullable: true,
    help: "how long",
  },
  steps: { type: "rising", range: { low: 0, high: 1 }, help: "when" },
  kind: { type: "choice", choices: ["a", 3], optional: true, help: "which" },
} as const satisfies SettingRules;

// Types derive from rules: this compiles only if the keys have these types.
const GOOD: SettingValues<typeof RULES> = { rate: 1, epochs: null, steps: [] };

Deno.test("checkSettings() accepts what the rules allow, with or without optional settings", () => {
  checkSettings("Run", GOOD, RULES);
  const full = { rate: 0, epochs: 9, steps: [0.1, 0.2], kind: 3 } as const;
  checkSettings("Run", full satisfies SettingValues<typeof RULES>, RULES);
  checkSettings("Run", { ...GOOD, seed: 1 }, RULES, ["seed"]);
});

const WRONG: readonly [object, string][] = [
  [
    { speed: 1 },
    "Run has an unknown key speed: allowed are rate, epochs, steps, kind",
  ],
  [{ rate: 1.5 }, "rate must be in [0, 1]: current value is 1.5"],
  [{ rate: undefined }, "rate must be in [0, 1]: current value is undefined"],
  [{ rate: null }, "rate must be in [0, 1]: current value is null"],
  [{ rate: "1" }, 'rate must be in [0, 1]: current value is "1"'],
  [
    { epochs: 0 },
    "epochs must be a whole number of at least 1: current value is 0",
  ],
  [{ epochs: 10 }, "epochs must be in [1, 9]: current value is 10"],
  [{ steps: [0.5, 2] }, "steps must be in [0, 1]: current value is 2"],
  [{ steps: [0.5, 0.5] }, "steps must increase: current value is 0.5, 0.5"],
  [{ steps: 0.5 }, "steps must be a list of numbers: current value is 0.5"],
  [{ kind: "b" }, "kind must be a or 3: current value is b"],
];

for (const [change, message] of WRONG) {
  Deno.test(`checkSettings() refuses ${JSON.stringify(change)}: ${message}`, () => {
    assert.throws(
      () => checkSettings("Run", { ...GOOD, ...change }, RULES),
      new BadInput(message),
    );
  });
}

Deno.test("BadSetting names settings by keys or by other names", () => {
  const error = new BadSetting((nameOf) => `${nameOf("rate")} is wrong`);
  assert.ok(error instanceof BadInput);
  assert.equal(error.message, "rate is wrong");
  assert.equal(error.withNames((key) => `<${key}>`), "<rate> is wrong");
});

const TRAINING = {
  optimizer: {
    type: "choice",
    choices: ["sgd", "adam"],
    default: "sgd",
    help: "",
  },
  momentum: {
    type: "number",
    range: { low: 0, high: 1 },
    default: 0.9,
    help: "",
    onlyWith: { key: "optimizer", value: "sgd", otherwise: 0 },
  },
  patience: { type: "whole", least: 1, default: 10, nullable: true, help: "" },
  warmUp: { type: "whole", least: 1, optional: true, help: "" },
} as const satisfies SettingRules;

Deno.test("completeSettings() fills in defaults; an option not given is left out", () => {
  assert.deepEqual(completeSettings(TRAINING, { momentum: undefined }), {
    optimizer: "sgd",
    momentum: 0.9,
    patience: 10,
  });
  const given = { optimizer: "adam", patience: null, warmUp: 2 };
  const complete = completeSettings(TRAINING, given);
  assert.deepEqual(complete, { ...given, momentum: 0 });
  checkSettings("Training", complete, TRAINING);
});

Deno.test("completeSettings() refuses a setting that would not be used", () => {
  assert.throws(
    () => completeSettings(TRAINING, { optimizer: "adam", momentum: 0.5 }),
    { name: "BadInput", message: "optimizer adam does not use momentum" },
  );
});
