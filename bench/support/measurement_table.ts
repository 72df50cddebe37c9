import { textTable } from "../../lib/cli/terminal/text_table.ts";
import { type Table, table } from "../../lib/reports/tables/table.ts";
import { goalOf, isMet } from "./goals.ts";
import { type Measurement, rounded } from "./measurement.ts";

const COLUMNS = [
  "work",
  "size",
  "ours",
  "peer",
  "unit",
  { key: "peerName", title: "best peer" },
  { key: "ratio", digits: 2 },
  { key: "range", title: "low–high" },
  "goal",
  "outcome",
];

/** The measurements, one per row, with goals and outcomes. */
export function measurementTable(measurements: readonly Measurement[]): Table {
  return table(measurements.map(rowOf), { columns: COLUMNS });
}

/** The table as aligned text. */
export function measurementText(measurements: readonly Measurement[]): string {
  return textTable(measurementTable(measurements));
}

function rowOf(measurement: Measurement) {
  const { ours, peer, low, high, ...rest } = measurement;
  const goal = goalOf(measurement);
  const met = isMet(measurement);
  const range = low === null || high === null
    ? null
    : `${low.toFixed(2)}–${high.toFixed(2)}`;
  return {
    ...rest,
    ours: rounded(ours),
    peer: peer === null ? null : rounded(peer),
    range,
    goal: goal === undefined
      ? null
      : "atLeast" in goal
      ? `≥ ${goal.atLeast}`
      : `≤ ${goal.atMost}`,
    outcome: met === undefined ? null : met ? "met" : "missed",
  };
}
