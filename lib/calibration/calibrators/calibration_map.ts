import { BadInput } from "../../bad_input.ts";
import type { Logits } from "../../matrix_kinds.ts";
import type { CalibratorParameters } from "./calibrator.ts";
import { type CalibratorName, CALIBRATORS } from "./calibrators.ts";

/** A fitted calibrator as plain data: all that is needed to apply it. */
export interface CalibrationMap {
  /** Name of the calibrator. */
  readonly by: CalibratorName;
  /** Number of classes. */
  readonly classes: number;
  /** Fitted parameters. */
  readonly parameters: CalibratorParameters;
}

/**
 * Applies a fitted calibrator, such as one from a file, to logits.
 *
 * @param map the calibrator
 * @param logits `[n, classes]`, finite or -Infinity
 * @returns `[n, classes]`: logits whose softmax is the calibrated probabilities
 * @throws {BadInput} for parameters that do not belong to the calibrator, another
 * number of classes, NaN or Infinity among the logits, a row of only -Infinity, or any
 * -Infinity if the calibrator mixes the classes
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { applyCalibration } from "@ils/label-smoothing/calibration";
 * import { logitsOf, softmax } from "@ils/label-smoothing/logits";
 * const parameters = { temperature: 2 };
 * const map = { by: "temperature", classes: 2, parameters } as const;
 * const { data } = softmax(applyCalibration(map, logitsOf([[0, Math.log(9)]])));
 * strictEqual(data[1].toFixed(6), "0.750000");
 * ```
 */
export function applyCalibration(map: CalibrationMap, logits: Logits): Logits {
  const { by, classes, parameters } = map;
  const { title, check, apply } = CALIBRATORS[by];
  check(parameters, classes);
  const doing = `Cannot apply ${title}`;
  const { data, rows, columns } = logits;
  if (columns !== classes) {
    throw new BadInput(
      `${doing} of ${classes} classes to logits of ${columns} classes`,
    );
  }
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * columns, (i + 1) * columns);
    const wrong = row.find((z) => !(z < Infinity));
    if (wrong !== undefined) {
      throw new BadInput(
        `${doing} as logits must be finite or -Infinity: row ${i} contains ` +
          wrong,
      );
    }
    if (row.some((z) => z > -Infinity)) continue;
    throw new BadInput(`${doing} as row ${i} contains only -Infinity`);
  }
  return apply(parameters, logits);
}
