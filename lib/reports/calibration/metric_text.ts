import { decimalText, signedText } from "../tables/decimal_text.ts";
import type { DifferenceVerdict } from "../tables/score_styles.ts";
import {
  EXTENDED_METRICS,
  type ExtendedMetricName,
} from "../../calibration/extended_names.ts";
import type { FlatMetrics } from "./flat_metrics.ts";
import { intervalSign } from "./interval_sign.ts";

/** Between the ends of an interval; lines break after it only. */
const TO = "\u00a0to ";

/** The verdict on a difference: its interval, and which direction is better. */
export function differenceVerdict(
  values: FlatMetrics,
  name: ExtendedMetricName,
): DifferenceVerdict {
  const sign = intervalSign({
    low: values[`${name}Low`],
    high: values[`${name}High`],
  });
  if (sign === 0) return "undecided";
  const better = EXTENDED_METRICS[name].better === "higher" ? 1 : -1;
  return sign === better ? "better" : "worse";
}

/** A metric in its unit: "92.42". */
export function metricText(
  values: FlatMetrics,
  name: ExtendedMetricName,
): string {
  return inUnit(values[name], name);
}

/** Its interval: "91.88 to 92.92"; empty without one. */
export function intervalText(
  values: FlatMetrics,
  name: ExtendedMetricName,
): string {
  const [low, high] = [values[`${name}Low`], values[`${name}High`]];
  if (low === null || high === null) return "";
  return `${inUnit(low, name)}${TO}${inUnit(high, name)}`;
}

/** A difference in its unit, and whether it is certainly better or worse: "+0.68 better". */
export function differenceText(
  values: FlatMetrics,
  name: ExtendedMetricName,
): string {
  const verdict = differenceVerdict(values, name);
  const text = signed(values[name], name);
  return verdict === "undecided" ? text : `${text} ${verdict}`;
}

/** The interval of a difference: "+0.40 to +1.00"; empty without one. */
export function differenceIntervalText(
  values: FlatMetrics,
  name: ExtendedMetricName,
): string {
  const [low, high] = [values[`${name}Low`], values[`${name}High`]];
  if (low === null || high === null) return "";
  return `${signed(low, name)}${TO}${signed(high, name)}`;
}

function inUnit(
  value: number | null,
  name: ExtendedMetricName,
  print: typeof decimalText = decimalText,
): string {
  if (value === null) return "–";
  const { factor = 1, digits } = EXTENDED_METRICS[name];
  return print(factor * value, digits);
}

function signed(value: number | null, name: ExtendedMetricName): string {
  return inUnit(value, name, signedText);
}
