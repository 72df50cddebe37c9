import type { CalibrationMap } from "../../../calibration/calibrators/calibration_map.ts";
import { exportCalibrator } from "../../../calibration/calibrators/export_calibrator.ts";
import { writeFileAtomic } from "../../../files/write_file_atomic.ts";

/** Writes a map as a function: TypeScript, or JavaScript by the ending of the path. */
export async function writeExport(
  path: string,
  map: CalibrationMap,
): Promise<void> {
  const language = path.endsWith("ts") ? "ts" : "js";
  await writeFileAtomic(path, exportCalibrator(map, language));
}
