import { z } from "zod";
import { BadInput } from "../../bad_input.ts";
import type { CalibrationMap } from "../../calibration/calibrators/calibration_map.ts";
import {
  CALIBRATOR_NAMES,
  CALIBRATORS,
} from "../../calibration/calibrators/calibrators.ts";
import type { CalibratorFit } from "../../calibration/calibrators/fit_calibrator.ts";
import { checksumOf } from "../../files/checked_json.ts";
import { readJson } from "../../files/read_json.ts";
import { writeFileAtomic } from "../../files/write_file_atomic.ts";

/** Marks a file as a calibration map. */
const FORMAT = "ils calibration map";

/** A map with where it comes from. */
export interface SavedMap extends CalibrationMap {
  /** Names of the classes, if they are known. */
  readonly classNames?: readonly string[];
  readonly fit: {
    /** File or run of the validation rows. */
    readonly source: string;
    /** Number of validation rows. */
    readonly rows: number;
    readonly settings?: CalibratorFit["settings"];
    readonly validationLogLoss: CalibratorFit["validationLogLoss"];
    /** Why the fit should not be trusted. */
    readonly problems: readonly { kind: string; reason: string }[];
  };
}

const NUMBERS = z.array(z.number());

const MAP = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(1),
  by: z.enum(CALIBRATOR_NAMES),
  classes: z.int().min(1),
  classNames: z.array(z.string()).exactOptional(),
  parameters: z.record(
    z.string().regex(/^\w{1,40}$/),
    z.union([z.number(), NUMBERS]),
  ),
  fit: z.strictObject({
    source: z.string(),
    rows: z.int(),
    settings: z.record(z.string(), z.number()).exactOptional(),
    validationLogLoss: z.strictObject({
      uncalibrated: z.number(),
      calibrated: z.number(),
      heldOut: z.number().exactOptional(),
    }),
    problems: z.array(z.strictObject({ kind: z.string(), reason: z.string() })),
  }),
  sha256: z.string().exactOptional(),
});

/** Writes a map as JSON, with a checksum. */
export async function writeMap(path: string, map: SavedMap): Promise<void> {
  const content = { format: FORMAT, version: 1, ...map };
  const file = { ...content, sha256: checksumOf(content) };
  const text = JSON.stringify(file, undefined, 2)
    // Lists of numbers on one line each.
    .replaceAll(/\[[^\[\]{}"]*\]/g, (list) => list.replaceAll(/\s+/g, ""));
  await writeFileAtomic(path, `${text}\n`);
}

/**
 * Reads a map.
 *
 * @throws {BadInput} if the file is no map, was changed after it was written, or has
 * parameters that do not belong to its calibrator
 */
export async function readMap(path: string): Promise<SavedMap> {
  const { sha256, ...content } = await readJson(path, MAP);
  if (sha256 !== undefined && sha256 !== checksumOf(content)) {
    throw new BadInput(
      `${path} was changed after it was written: its checksum is wrong ` +
        `(without the key sha256 it is used as it is)`,
    );
  }
  const { format: _, version: __, ...map } = content;
  try {
    CALIBRATORS[map.by].check(map.parameters, map.classes);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    throw new BadInput(`${path}: ${error.message}`);
  }
  return map;
}
