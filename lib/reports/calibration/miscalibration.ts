import { intervalSign } from "./interval_sign.ts";
import { points } from "./points.ts";
import type { ReportVersion } from "./report_data.ts";

/** Up to this share of the ECE, gaps of the other sign are not worth mentioning. */
const MINOR = 0.1;

/** Whether chance alone may explain the ECE; false without resamples. */
export function isChance(
  { metrics: { ece }, chanceEce }: ReportVersion,
): boolean {
  return chanceEce !== null && ece! <= chanceEce;
}

/**
 * How far off a model is: "5.5 points overconfident".
 *
 * The number is the ECE. Its direction is that of all but a tenth of it, if the interval
 * of the mean confidence less the accuracy confirms it; else both parts are named.
 */
export function miscalibration(version: ReportVersion): string {
  const { metrics, chanceEce } = version;
  const ece = metrics.ece!;
  if (ece === 0) return "not off (an ECE of 0)";
  if (isChance(version)) {
    return `not off beyond chance (an ECE of ${
      points(ece)
    }, where a calibrated ` +
      `model has up to ${inPoints(chanceEce!)} in 95 of 100 cases)`;
  }
  const [over, under] = [metrics.overconfidence!, metrics.underconfidence!];
  if (Math.min(over, under) > MINOR * ece) {
    return `off by ${points(ece)}: overconfident by ${
      inPoints(over)
    } at some ` +
      `confidences and underconfident by ${inPoints(under)} at others`;
  }
  const direction = over > under ? "overconfident" : "underconfident";
  if (isConfirmed(version, over > under ? 1 : -1)) {
    return `${points(ece)} ${direction}`;
  }
  return `off by ${
    points(ece)
  }, though whether it is ${direction} as a whole ` +
    "is undecided";
}

/** The number of `points()` without the unit. */
function inPoints(share: number): string {
  return points(share).replace(/ .*/, "");
}

/** Whether the confidences as a whole certainly exceed the accuracy, or fall short. */
function isConfirmed(
  { confidenceGap: { low, high } }: ReportVersion,
  sign: 1 | -1,
): boolean {
  return low === null || intervalSign({ low, high }) === sign;
}
