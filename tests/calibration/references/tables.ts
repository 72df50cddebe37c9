/**
 * Prints the tables of docs/references.md:
 *
 *   deno run --allow-read tests/calibration/references/tables.ts
 */
import { writeText } from "../../../lib/files/write_text.ts";
import { calibratorDeviations } from "./calibrator_deviations.ts";
import { conformalDeviations } from "./conformal_deviations.ts";
import type { Deviation } from "./deviation.ts";
import { errorDeviations, explainDeviations } from "./error_deviations.ts";
import { metricDeviations } from "./metric_deviations.ts";

/** All deviations by the heading of their table. */
export function allDeviations(): Record<string, Deviation[]> {
  return {
    "Metrics": metricDeviations(),
    "Conventions": [...errorDeviations(), ...explainDeviations()],
    "Conformal sets": conformalDeviations(),
    "Calibrators": calibratorDeviations(),
  };
}

/** A deviation with one digit, rounded up. */
export function roundedUp(value: number): string {
  if (value === 0) return "0";
  const exponent = Math.floor(Math.log10(value));
  const digit = Math.ceil(value / 10 ** exponent - 1e-9);
  return digit === 10 ? `1e${exponent + 1}` : `${digit}e${exponent}`;
}

function markdown(title: string, deviations: readonly Deviation[]): string {
  const rows = deviations.map(({ name, library, compared, largest }) =>
    `| \`${name}\` | ${library} | ${compared} | ${roundedUp(largest)} |`
  );
  return [
    `## ${title}\n`,
    "| name | reference | compared with | largest deviation |",
    "| --- | --- | --- | ---: |",
    ...rows,
    "\n",
  ].join("\n");
}

if (import.meta.main) {
  for (const [title, deviations] of Object.entries(allDeviations())) {
    writeText(Deno.stdout, markdown(title, deviations));
  }
}
