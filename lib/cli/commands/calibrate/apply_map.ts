import { BadInput } from "../../../bad_input.ts";
import { applyCalibration } from "../../../calibration/calibrators/calibration_map.ts";
import { CALIBRATORS } from "../../../calibration/calibrators/calibrators.ts";
import { openOnce } from "../../../files/arrays/open_once.ts";
import { writeNpy } from "../../../files/npy.ts";
import { softmax } from "../../../logits/softmax.ts";
import type { Answer } from "../../command.ts";
import { checkNotInput } from "../../flags/output_flags.ts";
import { readMap, type SavedMap } from "../../inputs/calibration_map.ts";
import {
  namedBy,
  namesInFlag,
  scoresInOrder,
} from "../../inputs/in_class_order.ts";
import { readScores } from "../../inputs/read_scores.ts";
import { scoreKind } from "../../inputs/score_kind.ts";
import { remarkLines } from "../../terminal/remark_lines.ts";
import type { CalibrateValues } from "./calibrate_flags.ts";
import { writeExport } from "./write_export.ts";

/**
 * Applies a saved map to new rows, exports it, or both. If the map and the columns of
 * the rows have names of classes, the probabilities are in the order of the map.
 *
 * @throws {BadInput} if the map or the rows are unusable, or do not fit together
 */
export async function applyMap(
  values: CalibrateValues,
  path: string,
): Promise<Answer> {
  const { logits, out, export: source } = values;
  if ((logits === undefined) !== (out === undefined)) {
    throw new BadInput(
      "--apply needs --logits L with --out P.npy, or --export F.ts",
    );
  }
  if (logits === undefined && source === undefined) {
    throw new BadInput(
      "--apply needs --logits L with --out P.npy, or --export F.ts",
    );
  }
  const map = await readMap(path);
  const inputs = [path, ...(logits ?? []).map(({ path }) => path)];
  for (const [flag, file] of [["--out", out], ["--export", source]] as const) {
    if (file !== undefined) checkNotInput(flag, file, inputs);
  }
  const applied = out === undefined
    ? { rows: undefined, remarks: [] }
    : await writeProbabilities(values, map, { path, out });
  if (source !== undefined) await writeExport(source, map);
  const remarks = [...applied.remarks, ...cautions(map, path)];
  return {
    json: {
      calibrator: map.by,
      classes: map.classes,
      rows: applied.rows ?? null,
      out: out ?? null,
      export: source ?? null,
      remarks,
    },
    text: [
      out === undefined
        ? ""
        : `${out}: probabilities of ${applied.rows} rows of ${map.classes} ` +
          `classes by ${CALIBRATORS[map.by].title}\n`,
      source === undefined ? "" : `${source}: function calibrate()\n`,
      remarkLines(remarks),
    ].join(""),
  };
}

async function writeProbabilities(
  values: CalibrateValues,
  map: SavedMap,
  { path, out }: { readonly path: string; readonly out: string },
) {
  const [file, other] = values.logits!;
  if (other !== undefined) {
    throw new BadInput("--apply takes the logits of one model");
  }
  const read = await readScores(file.path, {
    open: openOnce(),
    kind: scoreKind(values),
    classNames: values.classes ?? map.classNames,
  });
  const given = namesInFlag(values.classes, read.logits.columns, file.path);
  const named = scoresInOrder(read, file.path, given);
  const { logits, remarks } = scoresInOrder(
    { ...named, columnNames: given?.names ?? named.columnNames },
    file.path,
    namedBy(map.classNames, path),
  );
  const { data, rows, columns } = softmax(applyCalibration(map, logits));
  await writeNpy(out, { data, shape: [rows, columns] });
  return { rows, remarks };
}

function cautions({ fit }: SavedMap, path: string): string[] {
  return fit.problems.map(({ reason }) =>
    `the fit of ${path} should not be trusted: ${reason}`
  );
}
