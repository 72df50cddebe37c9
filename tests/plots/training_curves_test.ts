import assert from "node:assert/strict";
import {
  type EpochNumbers,
  trainingCurves,
} from "../../lib/plots/training_curves.ts";
import { figureTest, quietly } from "./figure_check.ts";
import { EVIL } from "./samples.ts";

function history(epochs: number, loss: number): EpochNumbers[] {
  return Array.from({ length: epochs }, (_, i) => ({
    epoch: i + 1,
    trainLoss: loss / (i + 1),
    validationLoss: 1.5 * loss / (i + 1),
    validationAccuracy: 1 - 0.4 / (i + 1),
  }));
}

figureTest(
  "trainingCurves() labels each run at the end of its line",
  "training_curves",
  () =>
    trainingCurves([
      { method: "ce", history: history(6, 1) },
      { method: "ls", history: history(4, 1.2) },
      { method: "own", label: EVIL, history: history(6, 1.1) },
    ], { title: "Training" }),
);

figureTest(
  "trainingCurves() draws a single epoch and a loss on a log scale",
  "training_curves_log",
  () =>
    trainingCurves([{ method: "ce", history: history(1, 1) }], {
      lossScale: "log",
      trainLoss: false,
    }),
);

Deno.test("trainingCurves() labels runs of one method once per panel", () => {
  const { svg } = quietly(() =>
    trainingCurves([
      { method: "ce", history: history(3, 1) },
      { method: "ce", history: history(3, 1.1) },
    ])
  );
  assert.equal(svg.match(/>CE</g)?.length, 2);
});

Deno.test("trainingCurves() omits values that are not finite", () => {
  const broken = { ...history(1, 1)[0], epoch: 4, validationLoss: NaN };
  const { svg } = quietly(() =>
    trainingCurves([{ method: "ce", history: [...history(3, 1), broken] }])
  );
  assert.doesNotMatch(svg, /NaN/);
});

Deno.test("trainingCurves() refuses an empty history and zero on a log scale", () => {
  assert.throws(() => trainingCurves([{ method: "ce", history: [] }]), {
    name: "BadInput",
    message: "Cannot draw training curves without an epoch",
  });
  const zero = [{ ...history(1, 1)[0], trainLoss: 0 }];
  assert.throws(
    () =>
      trainingCurves([{ method: "ce", history: zero }], { lossScale: "log" }),
    {
      message: "Cannot draw training curves as a loss on a log scale must be " +
        "above 0: smallest value is 0",
    },
  );
});
