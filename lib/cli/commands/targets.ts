import { BadInput } from "../../bad_input.ts";
import {
  type MethodSpec,
  needsTeacher,
  usesTeacherTemperature,
} from "../../smoothing/method.ts";
import { METHOD_NUMBERS } from "../../smoothing/method_numbers.ts";
import { command } from "../command.ts";
import {
  optional,
  path,
  paths,
  required,
  type Values,
} from "../flags/flags.ts";
import { methodFlags, methodKind, methodOf } from "../flags/method_flags.ts";
import { settingKind } from "../flags/setting_flags.ts";
import { checkNotInput, outputFile } from "../flags/output_flags.ts";

const flags = {
  logits: required(
    paths(
      "L.npy",
      "the teacher's logits (rows, classes), also A.npz or A.npz:KEY; several " +
        "files, separated by commas, are averaged as probabilities",
    ),
  ),
  folds: optional(
    path(
      "F.npy",
      "fold of each row, whole numbers (rows,) from 0: the index of the " +
        "--logits file whose network was trained without that row",
    ),
  ),
  labels: required(path("Y.npy", "true classes (rows,)")),
  method: required(methodKind),
  ...methodFlags,
  teacherTemperature: optional(
    settingKind(
      METHOD_NUMBERS.temperature,
      "fitted temperature of the teacher, for the quadratic amount of ils1, " +
        "ilsq and ils-shrunk (default: 1)",
    ),
  ),
  out: required(
    outputFile(
      "T.npy",
      "file for the float32 targets (rows, classes)",
      ".npy",
    ),
  ),
};

/** `ils targets`: makes target rows from a teacher's logits. */
export const targets = command({
  flags,
  examples: [
    "targets --logits L.npy --labels Y.npy --method ils --epsilon 0.1 --out T.npy",
    "targets --logits L.npy --labels Y.npy --method ilsq --p1 0.8 --p2 2 --teacher-temperature 1.3 --out T.npy",
    "targets --logits A.npy,B.npy,C.npy --labels Y.npy --method mix --lambda 0.5 --out T.npy",
    "targets --logits F0.npy,F1.npy --folds F.npy --labels Y.npy --method ils --epsilon 0.1 --out T.npy",
  ],
  async run(values, context) {
    const { logits: logitsPaths, folds, labels: labelsPath, out } = values;
    const method = methodOf(values.method, values);
    const temperature = teacherTemperature(method, values);
    checkTeacherInputs(method, values);
    checkNotInput("--out", out, [...logitsPaths, folds, labelsPath]);
    const { readTeacher } = await import("../inputs/teacher_files.ts");
    const { readLabels, writeNpy } = await import("../../files/npy.ts");
    const { buildTargets } = await import("../../smoothing/targets.ts");
    const logits = await readTeacher({ logits: logitsPaths, folds }, context);
    const labels = await readLabels(labelsPath, { classes: logits.columns });
    if (labels.length !== logits.rows) {
      throw new BadInput(
        `Cannot make targets: --logits ${logitsPaths[0]} has ${logits.rows} ` +
          `rows, but --labels ${labelsPath} has ${labels.length}`,
      );
    }
    const { data, rows, columns } = buildTargets(method, {
      labels,
      classes: logits.columns,
      teacher: { logits, temperature },
    });
    await writeNpy(out, { data, shape: [rows, columns] });
    const meanTrueTarget = labels.reduce(
      (sum, label, i) => sum + data[i * columns + label],
      0,
    ) / rows;
    return {
      json: { out, rows, classes: columns, method, meanTrueTarget },
      text: `${out}: ${rows} rows of ${columns} classes by ${method.name}, ` +
        `mean target of the true class ${meanTrueTarget.toFixed(4)}\n`,
    };
  },
});

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
