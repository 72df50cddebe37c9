import assert from "node:assert/strict";
import type { ComparedRow } from "../../../lib/synthetic/table/compare_table.ts";
import type {
  TeacherComparison,
  TeacherVerdict,
} from "../../../lib/synthetic/teachers/teachers_summary.ts";
import {
  claimsSentence,
  claimsTable,
  comparisonTable,
  teacherVerdictSentence,
} from "../../../lib/reports/tables/synthetic_tables.ts";

const beside = { ours: 0.79, oursSe: 0.001, published: 0.8, difference: -0.01 };
const ROW: ComparedRow = {
  method: "ls",
  scaled: false,
  scores: {
    accuracy: beside,
    logLoss: { ours: 0.53, oursSe: null, published: 0.5, difference: 0.03 },
    ece: beside,
    labelConditionalEce: beside,
  },
};

Deno.test("comparisonTable() prints percentages with standard errors, and losses without a factor", () => {
  const accuracy = comparisonTable([ROW], "accuracy", "caption").markdown();
  assert.match(
    accuracy,
    /\| ls \| no \| 79\.00 ± 0\.10 \| 80\.00 \| −1\.00 \|/,
  );
  const loss = comparisonTable([ROW], "logLoss", "caption").markdown();
  assert.match(loss, /\| ls \| no \| 0\.5300 \| 0\.5000 \| 0\.0300 \|/);
});

Deno.test("claimsTable() prints both differences and the verdict", () => {
  const text = claimsTable([{
    claim: "LS beats no smoothing",
    score: "accuracy",
    published: 0.0099,
    difference: 0.008,
    standardError: 0.001,
    low: 0.006,
    high: 0.01,
    pValue: 0.0312,
    verdict: "reproduced",
    sizeHolds: true,
  }], "caption").markdown();
  assert.match(
    text,
    /\| LS beats no smoothing \| accuracy, % \| 0\.9900 \| 0\.8000 ± 0\.1000 \| 0\.6000 \| 1\.0000 \| 0\.0312 \| reproduced \| yes \|/,
  );
});

function verdict(standardErrors: number, share: number | null): TeacherVerdict {
  const row: TeacherComparison = {
    teacher: "ensemble",
    method: "mix",
    n: 50,
    accuracy: 0.8,
    ece: 0.03,
    logLoss: 0.52,
    scaledLogLoss: 0.52,
    difference: 0.002 * standardErrors,
    differenceSe: 0.002,
    low: -1,
    high: 1,
    pValue: 0.5,
  };
  return {
    chosen: row,
    confirmed: row,
    standardErrors,
    beatsSmoothing: standardErrors <= -4,
    shareOfTeacher: share,
  };
}

Deno.test("teacherVerdictSentence() reports either outcome", () => {
  assert.equal(
    teacherVerdictSentence(verdict(-5, 0.75)),
    "One network trained by mix with teacher ensemble beats tuned label " +
      "smoothing by at least 4 standard errors: its log loss differs by " +
      "−0.0100, 5.0 standard errors better. Its gain is 75 % of the teacher's.",
  );
  assert.equal(
    teacherVerdictSentence(verdict(1.5, null)),
    "One network trained by mix with teacher ensemble does not beat tuned " +
      "label smoothing by at least 4 standard errors: its log loss differs by " +
      "0.0030, 1.5 standard errors worse.",
  );
});

Deno.test("claimsSentence() counts and names claims by verdict", () => {
  const claim = (
    claim: string,
    score: "ece" | "epsilon",
    verdict: "reproduced" | "undecided",
  ) => ({
    claim,
    score,
    verdict,
    published: 0,
    difference: 0,
    standardError: 0,
    low: 0,
    high: 0,
    pValue: null,
    sizeHolds: false,
  });
  assert.equal(
    claimsSentence([
      claim("A", "ece", "undecided"),
      claim("B", "epsilon", "reproduced"),
      claim("C", "ece", "undecided"),
    ]),
    "Of 3 claims: Reproduced, 1: B (best epsilon). Undecided, 2: A (ECE); " +
      "C (ECE).",
  );
});
