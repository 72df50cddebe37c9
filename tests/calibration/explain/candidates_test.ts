import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { classwiseCandidates } from "../../../lib/calibration/explain/classwise_candidates.ts";
import { scoreCandidates } from "../../../lib/calibration/explain/score_candidates.ts";
import { topLabelCandidates } from "../../../lib/calibration/explain/top_label_candidates.ts";
import {
  calibrationError,
  type CalibrationErrorOptions,
} from "../../../lib/calibration/general_error.ts";
import { softmax } from "../../../lib/logits/softmax.ts";
import { assertClose } from "../close.ts";
import { REFERENCE } from "../reference.ts";

const [{ logits, labels }] = REFERENCE;
const PROBABILITIES = softmax(logits);

Deno.test("every convention of calibrationError() is a candidate, with its value", () => {
  const errors: [CalibrationErrorOptions, Record<string, unknown>][] = [
    [{ bins: 15 }, { error: "mean" }],
    [{ bins: 14, closed: "left" }, { error: "mean", linspace: 15 }],
    [{ bins: 20, norm: 2 }, { error: "root" }],
    [{ bins: 10, norm: "max" }, { error: "max" }],
    [
      { bins: 15, norm: 2, debias: true, binning: "equalMass" },
      { error: "debiased", cut: "array_split" },
    ],
    [{ bins: 10, of: "classwise" }, { error: "mean", classes: "mean" }],
    [
      { bins: 14, of: "classwise", classes: "sum" },
      { error: "mean", classes: "sum", linspace: 15 },
    ],
    [
      { bins: 15, of: "classwise", norm: 2, classes: "norm" },
      { error: "root", classes: "norm" },
    ],
    [
      { bins: 25, of: "classwise", norm: "max", classes: "norm" },
      { error: "max", classes: "max" },
    ],
    [
      { bins: 30, of: "classwise", threshold: 0.01 },
      { error: "mean", classes: "mean", threshold: 0.01 },
    ],
    [
      { bins: 15, of: "classwise", threshold: 0.001, binning: "equalMass" },
      { error: "mean", classes: "mean", threshold: 0.001, cut: "array_split" },
    ],
    [{ bins: 5, of: "labelConditional" }, { error: "mean", classes: "mean" }],
    [
      { bins: 20, of: "labelConditional", norm: 2, binning: "equalMass" },
      { error: "root", classes: "mean", cut: "array_split" },
    ],
  ];
  const predictions = { probabilities: PROBABILITIES, labels, logits };
  const candidates = [
    ...topLabelCandidates(predictions, []),
    ...classwiseCandidates(predictions, []),
  ];
  for (const [options, own] of errors) {
    const { of = "topLabel", binning = "equalWidth", bins, closed } = options;
    const settings = {
      ...{ of, binning, bins, ...own },
      ...binning === "equalWidth" ? { closed: closed ?? "right" } : {},
    };
    const found = candidates.filter((candidate) =>
      isDeepStrictEqual({ ...candidate.settings }, settings)
    );
    assert.equal(found.length, 1, JSON.stringify(settings));
    const error = calibrationError(PROBABILITIES, labels, options);
    assertClose(found[0].value, error, 1e-12, JSON.stringify(settings));
  }
});

Deno.test("no two conventions have the same name", () => {
  const predictions = { probabilities: PROBABILITIES, labels, logits };
  const names = [
    ...topLabelCandidates(predictions, [10, 12]),
    ...classwiseCandidates(predictions, [10, 12]),
    ...scoreCandidates(predictions),
  ].map(({ text }) => text);
  assert.equal(new Set(names).size, names.length);
});
