import assert from "node:assert/strict";
import { conclusion } from "../../../lib/reports/calibration/conclusion.ts";
import { versionOf, type VersionSample } from "./samples.ts";

/** Overconfident by 5.5 points, confirmed by the interval. */
const OVER: VersionSample = { ece: 5.5, gap: [5.5, 5.1, 6] };
/** An ECE that a calibrated model has as well. */
const CHANCE: VersionSample = {
  ece: 0.63,
  chance: 0.81,
  gap: [0.3, -0.1, 0.7],
};
const T = { by: "temperature", summary: "T = 2.88" } as const;
/** Temperature scaling that helps. */
const HELPS: VersionSample = { ...T, ece: 0.95, change: [-4.55, -4.7, -4] };
const NONE: [number, number, number] = [0.2, NaN, NaN];

const CASES: readonly {
  readonly claim: string;
  readonly versions: readonly VersionSample[];
  readonly says: string;
}[] = [
  {
    claim:
      "names the direction of a model that is off, and nothing about repair",
    versions: [OVER],
    says: "5.5 points overconfident.",
  },
  {
    claim: "tells underconfidence from the sign",
    versions: [{ ece: 3.21, under: 3.2, gap: [-3.2, -3.9, -2.5] }],
    says: "3.2 points underconfident.",
  },
  {
    claim: "has two decimals below a point",
    versions: [{ ece: 0.994, gap: [0.99, 0.5, 1.4] }],
    says: "0.99 points overconfident.",
  },
  {
    claim: "names both parts if gaps of both signs matter",
    versions: [{ ece: 4, under: 1.5, gap: [1, 0.4, 1.6] }],
    says: "off by 4.0 points: overconfident by 2.5 at some confidences and " +
      "underconfident by 1.5 at others.",
  },
  {
    claim: "names no direction that the interval does not confirm",
    versions: [{ ece: 2, under: 0.1, gap: [1.8, -0.2, 3.8] }],
    says:
      "off by 2.0 points, though whether it is overconfident as a whole is " +
      "undecided.",
  },
  {
    claim: "says that a model is not off beyond chance",
    versions: [CHANCE],
    says: "not off beyond chance (an ECE of 0.63 points, where a calibrated " +
      "model has up to 0.81 in 95 of 100 cases).",
  },
  {
    claim: "knows a model without any error",
    versions: [{ ece: 0, chance: null }],
    says: "not off (an ECE of 0).",
  },
  {
    claim: "has nothing to repair then",
    versions: [CHANCE, { ...T, ece: 0.6, change: [-0.03, -0.1, 0.1] }],
    says: "not off beyond chance (an ECE of 0.63 points, where a calibrated " +
      "model has up to 0.81 in 95 of 100 cases); there is nothing to repair.",
  },
  {
    claim: "warns of calibrators that make a good model worse",
    versions: [
      CHANCE,
      { ...T, ece: 0.6, change: [-0.03, -0.1, 0.1] },
      { by: "isotonic", ece: 1.9, change: [1.27, 0.9, 1.6], fromMain: NONE },
    ],
    says: "not off beyond chance (an ECE of 0.63 points, where a calibrated " +
      "model has up to 0.81 in 95 of 100 cases); there is nothing to repair; " +
      "isotonic regression makes it worse, by 1.3 points.",
  },
  {
    claim: "says what share temperature scaling removes",
    versions: [OVER, HELPS],
    says: "5.5 points overconfident; T = 2.88 removes 83 % of it.",
  },
  {
    claim: "says that the rest may be chance",
    versions: [OVER, { ...HELPS, chance: 1 }],
    says:
      "5.5 points overconfident; T = 2.88 removes 83 % of it, and what is " +
      "left may be chance.",
  },
  {
    claim: "never removes all of it",
    versions: [OVER, { ...HELPS, ece: 0.01, chance: 0 }],
    says: "5.5 points overconfident; T = 2.88 removes more than 99 % of it.",
  },
  {
    claim: "compares other calibrators with the one that helps",
    versions: [
      OVER,
      HELPS,
      {
        by: "vector",
        ece: 1.1,
        change: [-4.4, -5, -4],
        fromMain: [0.1, -1, 1],
      },
      { by: "dirichlet", ece: 1, change: [-4.5, -5, -4], fromMain: [0, -1, 1] },
      { by: "matrix", ece: 2, change: [-3.5, -4, -3], fromMain: [1, 0.5, 1.5] },
      {
        ...{ by: "isotonic", ece: 0.5, change: [-5, -6, -4] },
        ...{ fromMain: [-0.45, -0.8, -0.1], accuracy: [-0.4, -0.6, -0.1] },
      },
      { by: "beta", ece: 1, change: [-4.5, -5, -4], problems: ["no minimum"] },
    ],
    says: "5.5 points overconfident; T = 2.88 removes 83 % of it; isotonic " +
      "regression does better (removes 91 %), but costs 0.40 points of " +
      "accuracy; vector scaling and Dirichlet calibration do no better; matrix " +
      "scaling does worse; the fit of Beta calibration should not be trusted.",
  },
  {
    claim: "counts many calibrators that do no better",
    versions: [
      OVER,
      HELPS,
      ...(["vector", "matrix", "dirichlet", "beta"] as const).map((by) => ({
        ...{ by, ece: 1.1 },
        change: [-4.4, -5, -4] as const,
        fromMain: [0.1, -1, 1] as const,
      })),
    ],
    says: "5.5 points overconfident; T = 2.88 removes 83 % of it; 4 other " +
      "calibrators do no better.",
  },
  {
    claim: "names a single calibrator other than temperature scaling",
    versions: [
      OVER,
      {
        by: "vector",
        ece: 1.1,
        change: [-4.4, -5, -4],
        accuracy: [-1, -2, -0.5],
      },
    ],
    says: "5.5 points overconfident; vector scaling removes 80 % of it, but " +
      "costs 1.0 points of accuracy.",
  },
  {
    claim: "leaves undecided whether a calibrator helps, and looks at each",
    versions: [
      OVER,
      { ...T, ece: 5.4, change: [-0.1, -0.3, 0.104] },
      { by: "vector", ece: 5, change: [-0.5, -1, 0.1], fromMain: NONE },
      { by: "matrix", ece: 5, change: [-0.5, -1, 0.1], fromMain: NONE },
      { by: "beta", ece: 1, change: [-4.5, -5, -4], fromMain: NONE },
    ],
    says:
      "5.5 points overconfident; whether T = 2.88 reduces it is undecided " +
      "(−0.10 points, −0.30 to +0.10); Beta calibration removes 82 % of it; " +
      "whether vector scaling and matrix scaling reduce it is undecided.",
  },
  {
    claim: "says that a calibrator makes a model worse",
    versions: [OVER, { ...T, ece: 6.7, change: [1.2, 0.9, 1.5] }],
    says: "5.5 points overconfident; T = 2.88 makes it worse, by 1.2 points.",
  },
  {
    claim: "does not trust a fit with problems, whatever the numbers",
    versions: [
      OVER,
      { ...HELPS, problems: ["the log loss falls without end"] },
      { by: "vector", ece: 1.1, change: [-4.4, -5, -4], fromMain: NONE },
    ],
    says:
      "5.5 points overconfident; the fit of temperature scaling should not " +
      "be trusted; vector scaling removes 80 % of it.",
  },
  {
    claim: "decides nothing without resamples",
    versions: [
      { ece: 5.5, chance: null, gap: [5.5, NaN, NaN] },
      { ...T, ece: 0.95, chance: null, change: [-4.55, NaN, NaN] },
      { by: "vector", ece: 1.1, change: [-4.4, NaN, NaN], fromMain: NONE },
    ],
    says:
      "5.5 points overconfident; 0.95 points with T = 2.88; 1.1 points with " +
      "vector scaling.",
  },
];

for (const { claim, versions, says } of CASES) {
  Deno.test(`conclusion() ${claim}`, () => {
    const [, ...calibrated] = versions;
    const main = calibrated[0]?.by ?? null;
    assert.equal(conclusion(versions.map(versionOf), main), says);
  });
}
