import assert from "node:assert/strict";
import { parseFlags } from "../../../lib/cli/flags/command_line.ts";
import { evaluate } from "../../../lib/cli/commands/evaluate/evaluate.ts";
import {
  type ChosenPart,
  chosenValues,
  type InspectSettings,
} from "../../../lib/cli/inspect/browser/chosen_values.ts";
import { commandText } from "../../../lib/cli/inspect/browser/command_text.ts";
import type { Role } from "../../../lib/cli/inspect/browser/guess_roles.ts";

const SETTINGS: InspectSettings = {
  kind: undefined,
  binary: false,
  eceBins: 10,
  resamples: undefined,
  calibrators: ["temperature"],
  floor: undefined,
  ignoreLabel: undefined,
  classes: undefined,
};

const part = (path: string, role: Role, labelColumn = ""): ChosenPart => (
  { path, role, labelColumn }
);

const CHOSEN: readonly [readonly ChosenPart[], Partial<InspectSettings>][] = [
  [[part("l.npy", "scores"), part("y.npy", "labels")], {}],
  [
    [
      part("l.npy", "scores"),
      part("y.npy", "labels"),
      part("v.npz:logits", "valScores"),
      part("v.npz:labels", "valLabels"),
    ],
    { calibrators: ["temperature", "isotonic"], eceBins: 15 },
  ],
  [
    [part("p.csv", "both", "truth"), part("v.csv", "valBoth")],
    { kind: "probabilities", floor: 1e-7, classes: ["cat", "dog"] },
  ],
  [
    [part("a.npy", "scores"), part("b.npy", "scores"), part("y.npy", "labels")],
    { kind: "votes", resamples: 0, ignoreLabel: -1 },
  ],
  [
    [
      part("s.npy", "scores"),
      part("y.npy", "labels"),
      part("x.npy", "images"),
    ],
    { binary: true, kind: "asLogits" },
  ],
];

Deno.test("chosenValues() are those of the command that commandText() prints", () => {
  for (const [parts, settings] of CHOSEN) {
    const values = chosenValues(parts, { ...SETTINGS, ...settings })!;
    const command = commandText(values);
    const [, , , name, ...args] = command.split(" ");
    assert.equal(name, "evaluate");
    const { report, allMetrics: _, conformal: __, explain: ___, ...parsed } =
      parseFlags(args, evaluate.flags);
    assert.equal(report, "report.html");
    assert.deepEqual({ ...values }, parsed, command);
  }
});

Deno.test("chosenValues() needs scores and labels", () => {
  assert.equal(chosenValues([], SETTINGS), undefined);
  assert.equal(chosenValues([part("l.npy", "scores")], SETTINGS), undefined);
  assert.equal(chosenValues([part("y.npy", "labels")], SETTINGS), undefined);
});

Deno.test("commandText() quotes names that a shell would split", () => {
  const parts = [part("my file.npy", "scores"), part("it's.npy", "labels")];
  assert.equal(
    commandText(chosenValues(parts, SETTINGS)!),
    "deno task ils evaluate --logits 'my file.npy' --labels 'it'\\''s.npy' " +
      "--report report.html",
  );
});
