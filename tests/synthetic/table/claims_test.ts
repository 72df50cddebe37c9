import assert from "node:assert/strict";
import {
  type ClaimResult,
  claimVerdict,
  judgeClaims,
} from "../../../lib/synthetic/table/claims.ts";
import type { TableRow } from "../../../lib/synthetic/table/table_run.ts";
import { assertClose } from "../../calibration/close.ts";
import { allTableRows, tableRecord } from "../records.ts";

Deno.test("claimVerdict() is reproduced if the interval excludes 0 on the published side", () => {
  assert.equal(claimVerdict(-0.03, { low: -0.05, high: -0.01 }), "reproduced");
  assert.equal(claimVerdict(0.03, { low: 0.01, high: 0.05 }), "reproduced");
  // However large the published difference is.
  assert.equal(claimVerdict(-0.3, { low: -0.05, high: -0.01 }), "reproduced");
  assert.equal(claimVerdict(0.3, { low: 0.01, high: 0.05 }), "reproduced");
});

Deno.test("claimVerdict() is not reproduced if the interval excludes the published difference", () => {
  const not = "not reproduced";
  assert.equal(claimVerdict(-0.03, { low: -0.02, high: 0.01 }), not);
  assert.equal(claimVerdict(0.03, { low: -0.01, high: 0.02 }), not);
  // The whole interval is on the other side of 0.
  assert.equal(claimVerdict(-0.03, { low: 0.01, high: 0.05 }), not);
  assert.equal(claimVerdict(0.03, { low: -0.05, high: -0.01 }), not);
});

Deno.test("claimVerdict() is undecided if the interval contains both", () => {
  const undecided = "undecided";
  assert.equal(claimVerdict(-0.03, { low: -0.05, high: 0.01 }), undecided);
  assert.equal(claimVerdict(0.03, { low: -0.01, high: 0.05 }), undecided);
  assert.equal(claimVerdict(-0.03, { low: -0.03, high: 0 }), undecided, "ends");
  assert.equal(claimVerdict(0.03, { low: 0, high: 0.03 }), undecided, "ends");
});

/** Judges three data sets in which every row has the given scores. */
function judge(
  scores: (row: string, dataset: number) => Partial<TableRow>,
): ClaimResult[] {
  return judgeClaims([0, 1, 2].map((dataset) =>
    tableRecord(
      dataset,
      allTableRows(({ method, bound }) =>
        scores(bound === null ? method : `${method} ${bound}`, dataset)
      ),
    )
  ));
}

const find = (
  results: readonly ClaimResult[],
  claim: string,
  score: ClaimResult["score"],
) => {
  const found = results.filter((one) =>
    one.claim === claim && one.score === score
  );
  assert.equal(found.length, 1, `${claim}, ${score}`);
  return found[0];
};

Deno.test("judgeClaims() has the published differences of Tables V and VI", () => {
  const results = judge(() => ({}));
  const published: [string, ClaimResult["score"], number][] = [
    ["LS beats no smoothing", "logLoss", 0.5318 - 0.5589],
    ["ILS1 beats LS", "logLoss", 0.5041 - 0.5318],
    ["ILS2 beats LS", "logLoss", 0.5232 - 0.5318],
    ["ILS beats LS", "logLoss", 0.5089 - 0.5318],
    ["ILS beats no smoothing", "logLoss", 0.5089 - 0.5589],
    ["LS beats no smoothing", "accuracy", 0.7944 - 0.7845],
    ["ILS1 beats LS", "accuracy", 0.8018 - 0.7944],
    ["ILS2 beats LS", "accuracy", 0.7956 - 0.7944],
    ["ILS beats LS", "accuracy", 0.8013 - 0.7944],
    ["ILS beats no smoothing", "accuracy", 0.8013 - 0.7845],
    ["LS at 0.2 beats no smoothing", "logLoss", 0.5439 - 0.5589],
    ["ILS1 is better calibrated than LS", "ece", 0.0235 - 0.0293],
    ["Scaling helps the plain network", "logLoss", 0.5446 - 0.5589],
    ["An LS teacher hurts its student", "logLoss", 0.5621 - 0.5592],
    ["An ILS teacher helps its student", "logLoss", 0.5201 - 0.5592],
  ];
  assert.equal(results.length, published.length);
  for (const [claim, score, difference] of published) {
    assertClose(find(results, claim, score).published, difference, 1e-9, claim);
  }
});

Deno.test("judgeClaims() matches a paired comparison computed by hand", () => {
  // Data sets differ a lot, LS from CE by -0.01, -0.02 and -0.03.
  const results = judge((row, dataset) => ({
    logLoss: dataset - (row === "ls" ? 0.01 * (dataset + 1) : 0),
  }));
  const claim = find(results, "LS beats no smoothing", "logLoss");
  assertClose(claim.difference, -0.02);
  assertClose(claim.standardError, 0.01 / Math.sqrt(3));
  // Student's t of 0.975 with two degrees of freedom is 4.302653.
  assertClose(claim.low, -0.02 - 4.302653 * 0.01 / Math.sqrt(3), 1e-7);
  assertClose(claim.high, -0.02 + 4.302653 * 0.01 / Math.sqrt(3), 1e-7);
  // Two of the eight sign patterns of three ranks are as extreme.
  assertClose(claim.pValue!, 2 / 8);
  assert.equal(claim.verdict, "undecided");
});

Deno.test("judgeClaims() derives each claim's verdict from our interval", () => {
  const results = judge((row, dataset) => {
    const gain = { "ls": 0.02, "student-of-ls": 0.02 }[row] ?? 0;
    // The differences of a pair vary a little.
    return { logLoss: 0.5 - gain * (1 + dataset / 100) };
  });
  const verdict = (claim: string) => find(results, claim, "logLoss").verdict;
  assert.equal(verdict("LS beats no smoothing"), "reproduced");
  // It helps instead.
  assert.equal(verdict("An LS teacher hurts its student"), "not reproduced");
  // Nothing differs where something should.
  assert.equal(verdict("ILS beats no smoothing"), "not reproduced");
});

Deno.test("judgeClaims() scales within the published bounds", () => {
  const results = judge((row, dataset) => ({
    logLoss: row === "ce published" ? 0.4 - dataset / 1000 : 0.5,
  }));
  const claim = find(results, "Scaling helps the plain network", "logLoss");
  assertClose(claim.difference, -0.101);
  assert.equal(claim.verdict, "reproduced");
});
