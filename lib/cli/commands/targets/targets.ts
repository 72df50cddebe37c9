import { BadInput } from "../../../bad_input.ts";
import {
  type MethodSpec,
  needsTeacher,
  usesTeacherTemperature,
} from "../../../smoothing/method.ts";
import { METHOD_NUMBERS } from "../../../smoothing/method_numbers.ts";
import { command } from "../../command.ts";
import {
  optional,
  path,
  required,
  several,
  type Values,
} from "../../flags/flags.ts";
import { paths } from "../../flags/path_lists.ts";
import { methodFlags, methodKind, methodOf } from "../../flags/method_flags.ts";
import { settingKind } from "../../flags/setting_flags.ts";
import {
  INPUT_NOTES,
  kindFlags,
  labelFlags,
} from "../../inputs/score_flags.ts";
import { checkNotInput, outputFile } from "../../flags/output_flags.ts";

const flags = {
  logits: required(
    paths(
      "L",
      "the teacher's logits (rows, classes): .npy, .npz, .safetensors, " +
        ".parquet, .csv, .tsv; FILE:KEY chooses an array or columns; several " +
        "files are averaged as probabilities",
    ),
  ),
  folds: optional(
    path(
      "F",
      "fold of each row, whole numbers (rows,) from 0: the index of the " +
        "--logits file whose network was trained without that row",
    ),
  ),
  labels: required(
    path(
      "Y",
      "true classes, in such a file: class indices from 0, one-hot rows, or " +
        "names with --classes",
    ),
  ),
  ...kindFlags,
  ...labelFlags,
  method: required(methodKind),
  ...methodFlags,
  temperature: optional(
    several(
      settingKind(
        METHOD_NUMBERS.temperature,
        `${METHOD_NUMBERS.temperature.help}; without --out also several ` +
          "values to compare (default: 1)",
      ),
    ),
  ),
  teacherTemperature: optional(
    settingKind(
      METHOD_NUMBERS.temperature,
      "fitted temperature of the teacher, for the quadratic amount of ils1, " +
        "ilsq and ils-shrunk (default: 1)",
    ),
  ),
  against: optional(
    path(
      "V.csv",
      "votes to compare the targets with, in such a file: a line per row of " +
        "the logits, a count for each class",
    ),
  ),
  out: optional(
    outputFile(
      "T.npy",
      "file for the float32 targets (rows, classes); required without --against",
      ".npy",
    ),
  ),
};

/**
 * `ils targets`: makes target rows from a teacher's logits, and compares them with
 * votes.
 */
export const targets = command({
  flags,
  examples: [
    "targets --logits L.npy --labels Y.npy --method ils --epsilon 0.1 --out T.npy",
    "targets --logits L.npy --labels Y.npy --method ilsq --p1 0.8 --p2 2 --teacher-temperature 1.3 --out T.npy",
    "targets --logits A.npy,B.npy,C.npy --labels Y.npy --method mix --lambda 0.5 --out T.npy",
    "targets --logits F0.npy,F1.npy --folds F.npy --labels Y.npy --method ils --epsilon 0.1 --out T.npy",
    "targets --logits L.npy --labels Y.npy --method ils2 --epsilon 0.1 --temperature 1,2,4 --against V.csv",
  ],
  notes: INPUT_NOTES,
  async run(values) {
    const methods = methodsOf(values);
    const temperature = teacherTemperature(methods[0], values);
    checkTeacherInputs(methods[0], values);
    checkOutput(values);
    const { makeTargets } = await import("./make_targets.ts");
    return await makeTargets(methods, { ...values, temperature });
  },
});

/** Returns the method with each of the temperatures, or with the default one. */
function methodsOf(
  { temperature: temperatures, ...values }: Values<typeof flags>,
): MethodSpec[] {
  return (temperatures ?? [undefined]).map((temperature) =>
    methodOf(values.method, { ...values, temperature })
  );
}

/**
 * Refuses a call without a result, with a result over an input, or with several
 * results for one file.
 */
function checkOutput(
  { out, against, logits, folds, labels, temperature }: Values<typeof flags>,
): void {
  if (out !== undefined) {
    if (temperature !== undefined && temperature.length > 1) {
      throw new BadInput(
        "--out takes the targets of one --temperature: current value is " +
          temperature.join(","),
      );
    }
    checkNotInput("--out", out, [...logits, folds, labels, against]);
  } else if (against === undefined) {
    throw new BadInput("--out T.npy, --against V.csv or both are required");
  }
}

function teacherTemperature(
  method: MethodSpec,
  { teacherTemperature: value }: Values<typeof flags>,
): number {
  if (value === undefined || usesTeacherTemperature(method)) return value ?? 1;
  throw new BadInput(
    `Method ${method.name} does not use --teacher-temperature: ` +
      "only the quadratic amount of --p1 and --p2 does",
  );
}

/**
 * Refuses several logits files or folds for a method without a teacher, which
 * uses --logits only for the number of classes.
 */
function checkTeacherInputs(
  method: MethodSpec,
  { logits, folds }: Values<typeof flags>,
): void {
  if (needsTeacher(method)) return;
  if (folds === undefined && logits.length === 1) return;
  throw new BadInput(
    `Method ${method.name} does not use ` +
      (folds === undefined ? "a second file of --logits" : "--folds"),
  );
}
