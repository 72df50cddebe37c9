import { writeFileAtomic } from "../../../files/write_file_atomic.ts";
import { calibrationReport } from "../../../reports/calibration/calibration_report.ts";
import type { ReportData } from "../../../reports/calibration/report_data.ts";

/** Writes the page of a report. */
export async function writeReport(
  path: string,
  data: ReportData,
): Promise<void> {
  await writeFileAtomic(path, await calibrationReport(data));
}
