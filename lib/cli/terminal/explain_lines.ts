import type { NumberExplanation } from "../../calibration/explain/explain_number.ts";
import type { ExplainedValue } from "../../calibration/explain/explained_value.ts";
import { table } from "../../reports/tables/table.ts";
import { textTable } from "./text_table.ts";

/** Decimals of a value beyond the last one of the published number. */
const MORE_DECIMALS = 2;

/** Which conventions yield a published number, as text. */
export function explainLines(explanation: NumberExplanation): string {
  const { published, tolerance, tried, likeliest, closest } = explanation;
  const within = `${plain(tolerance)} (half a unit of its last digit)`;
  const decimals = MORE_DECIMALS + Math.round(-Math.log10(2 * tolerance));
  const verdict = likeliest === undefined
    ? `No convention yields ${published} within ${within}.\n`
    : agreement(explanation, within) +
      `The most usual of them: ${named(likeliest)}\n`;
  const records = closest.map((value) => ({
    value: value.value.toFixed(Math.max(0, decimals)) +
      (value.percent ? " %" : ""),
    difference: value.difference.toExponential(1),
    digits: `${value.digits} of ${explanation.digits}`,
    convention: named(value) + others(value),
  }));
  return verdict + `The closest of ${tried} conventions:\n` +
    textTable(table(records)) + fitNote(explanation);
}

/** Why the closest value may miss the number in its last digits. */
function fitNote({ likeliest, closest: [{ by }] }: NumberExplanation): string {
  return likeliest !== undefined || by === undefined
    ? ""
    : `Another program's fit of ${by} may end at slightly other parameters, ` +
      "which changes the last digits.\n";
}

function agreement(
  { published, agreeing, byChance }: NumberExplanation,
  within: string,
): string {
  const values = agreeing === 1 ? "1 value agrees" : `${agreeing} values agree`;
  return `${values} with ${published} within ${within}; ` +
    `about ${byChance.toFixed(1)} would by chance.\n`;
}

function named({ by, convention }: ExplainedValue): string {
  return by === undefined ? convention : `after ${by}: ${convention}`;
}

function others({ sameAs }: ExplainedValue): string {
  return sameAs.length === 0 ? "" : ` (and ${sameAs.length} with this value)`;
}

/** A number without an exponent. */
function plain(value: number): string {
  return value.toFixed(12).replace(/\.?0+$/, "");
}
