import type { CalibratorName } from "../calibrators/calibrators.ts";
import type { ConventionSettings } from "./convention.ts";

/** One value, and the conventions that yield it. */
export interface ExplainedValue {
  /** The calibrator of the logits; undefined if they are not calibrated. */
  readonly by: CalibratorName | undefined;
  /** The most usual of the conventions, in words. */
  readonly convention: string;
  /** The same by key. */
  readonly settings: ConventionSettings;
  /** Other conventions that yield the same value. */
  readonly sameAs: readonly string[];
  /** The value, in per cent if `percent`. */
  readonly value: number;
  /** Whether the published number is read as a percentage. */
  readonly percent: boolean;
  /** The value less the published number. */
  readonly difference: number;
  /** How many leading digits agree after rounding. */
  readonly digits: number;
  /** Whether the difference is within the tolerance. */
  readonly agrees: boolean;
}
