import type { ConformalResult } from "../../calibration/conformal/conformal.ts";
import { variantTitle } from "../../calibration/conformal/conformal_method.ts";
import type { CalibratedSets } from "../../calibration/conformal/evaluate_conformal.ts";
import type { Evaluation } from "../../calibration/evaluation.ts";
import { table } from "../../reports/tables/table.ts";
import { columnHead } from "./metric_lines.ts";
import { textTable } from "./text_table.ts";

/** Returns conformal sets as text: coverage and mean size at each target. */
export function conformalLines(
  sets: readonly CalibratedSets[],
  { calibrated }: Evaluation,
): string {
  const targets = [
    ...new Set(sets[0].results.map(({ targetCoverage }) => targetCoverage)),
  ];
  const records = sets.flatMap(({ by, results }) => {
    const fit = calibrated.find((fit) => fit.by === by);
    const probabilities = fit === undefined ? "uncalibrated" : columnHead(fit);
    return grouped(results, targets.length).map((group) => ({
      sets: variantTitle(group[0]),
      probabilities,
      ...Object.fromEntries(group.flatMap((result) => [
        [`coverage${result.targetCoverage}`, result.coverage],
        [`size${result.targetCoverage}`, result.meanSize],
      ])),
    }));
  });
  const columns = targets.flatMap((target) => [
    {
      key: `coverage${target}`,
      title: `${Math.round(1000 * target) / 10} %: coverage`,
      digits: 3,
    },
    { key: `size${target}`, title: "size", digits: 2 },
  ]);
  return textTable(table(records, {
    columns: ["sets", "probabilities", ...columns],
    caption:
      "Conformal sets of the test rows, thresholds from the validation rows",
  }));
}

/** The results of each variant. */
function grouped(
  results: readonly ConformalResult[],
  size: number,
): ConformalResult[][] {
  return Array.from(
    { length: results.length / size },
    (_, i) => results.slice(i * size, (i + 1) * size),
  );
}
