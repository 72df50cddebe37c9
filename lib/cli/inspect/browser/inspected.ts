import type { ReportData } from "../../../reports/calibration/report_data.ts";

/** A calibration that has been measured. */
export interface Inspected {
  readonly data: ReportData;
  /** The value that `ils evaluate --json` prints. */
  readonly numbers: unknown;
  /** Whether no intervals are to come. */
  readonly isFinal: boolean;
}
