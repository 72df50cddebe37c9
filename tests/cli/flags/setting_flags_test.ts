import assert from "node:assert/strict";
import { BadInput } from "../../../lib/bad_input.ts";
import { parseFlags } from "../../../lib/cli/flags/command_line.ts";
import type { Flag } from "../../../lib/cli/flags/flags.ts";
import { messageWithFlags } from "../../../lib/cli/flags/message_with_flags.ts";
import {
  settingFlags,
  settingsOf,
} from "../../../lib/cli/flags/setting_flags.ts";
import { SPLIT_SETTINGS } from "../../../lib/data/settings.ts";
import { BadSetting, type SettingRules } from "../../../lib/setting_rules.ts";
import { TRAINING_SETTINGS } from "../../../lib/training/settings.ts";

/** The settings of training, and a new one that needs only a rule. */
const RULES = {
  ...TRAINING_SETTINGS,
  warmUp: {
    type: "whole",
    least: 1,
    optional: true,
    help: "epochs of warm-up",
  },
} as const satisfies SettingRules;

const settingsIn = (line: string) =>
  settingsOf(
    RULES,
    parseFlags(line.split(" ").filter(Boolean), settingFlags(RULES)),
  );

Deno.test("every setting has a flag with its help and default", () => {
  const flags: Readonly<Record<string, Flag<unknown>>> = {
    ...settingFlags(RULES),
    ...settingFlags(SPLIT_SETTINGS),
  };
  assert.deepEqual(
    Object.entries(flags).map(([key, { fallback }]) => [key, fallback]),
    [
      ["optimizer", "sgd"],
      // Undefined because adam has no momentum.
      ["lr", 0.1],
      ["momentum", undefined],
      ["weightDecay", 1e-4],
      ["milestones", [0.5, 0.75]],
      ["gamma", 0.1],
      ["batchSize", 512],
      ["epochs", 100],
      ["estop", 10],
      ["threads", undefined],
      ["warmUp", undefined],
      ["limit", undefined],
      ["trSize", 0.8],
    ],
  );
  assert.equal(
    flags.momentum.help,
    "Nesterov momentum of sgd (default: 0.9)",
  );
  assert.match(flags.estop.help, /; 0 turns it off$/);
  assert.equal(flags.warmUp.help, "epochs of warm-up");
});

Deno.test("settingsOf() returns settings from flags, and an optional one only if given", () => {
  const usual = settingsIn("");
  assert.equal("warmUp" in usual, false);
  const { threads: _, ...always } = TRAINING_SETTINGS;
  assert.deepEqual(Object.keys(usual), Object.keys(always));
  assert.equal(settingsIn("--threads 2").threads, 2);
  assert.equal(settingsIn("--warm_up 3").warmUp, 3);
  assert.equal(settingsIn("--estop 0").patience, null);
  assert.equal(settingsIn("--optimizer adam").momentum, 0);
});

const WRONG: readonly [string, string][] = [
  ["--lr 0", "--lr must be in (0, Infinity): current value is 0"],
  [
    "--warm-up 0",
    "--warm-up must be a whole number of at least 1: current value is 0",
  ],
  [
    "--milestones 0.5,0.5",
    "--milestones must increase: current value is 0.5, 0.5",
  ],
  [
    "--optimizer adam --momentum 0.5",
    "--optimizer adam does not use --momentum",
  ],
];

for (const [line, message] of WRONG) {
  Deno.test(`${line} is refused by its flag's name`, () => {
    assert.throws(() => settingsIn(line), (error: Error) => {
      assert.ok(error instanceof BadInput);
      assert.equal(messageWithFlags(error), message);
      return true;
    });
  });
}

Deno.test("messageWithFlags() replaces keys by flags, also by those with other names", () => {
  const error = new BadSetting((nameOf) =>
    `${nameOf("trainFraction")} goes with ${nameOf("maxEpsilon")}`
  );
  assert.equal(messageWithFlags(error), "--tr-size goes with --max-epsilon");
  assert.equal(messageWithFlags(new Error("plain")), "plain");
});
