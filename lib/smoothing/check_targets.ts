import { BadInput, checkWhole } from "../bad_input.ts";
import type { Logits } from "../matrix_kinds.ts";
import { type MethodSpec, needsTeacher } from "./method.ts";
import { checkMethod, checkTemperature } from "./parse_method.ts";
import type { TargetsOptions } from "./targets_options.ts";

/** @throws {BadInput} if targets cannot be made by a method for such samples */
export function checkTargetsOptions(
  method: MethodSpec,
  { labels, classes, teacher }: TargetsOptions,
): void {
  checkMethod(method);
  checkWhole("Cannot smooth labels as the count of classes", classes, 2);
  const wrong = labels.findIndex((label) => label < 0 || label >= classes);
  if (wrong >= 0) {
    throw new BadInput(
      `Cannot smooth labels as they must be in 0 to ${classes - 1}: ` +
        `row ${wrong} (from 0) is ${labels[wrong]}`,
    );
  }
  if (!needsTeacher(method)) return;
  if (teacher === undefined) {
    throw new BadInput(`Method ${method.name} needs a teacher's logits`);
  }
  checkTemperature(teacher.temperature ?? 1, "the teacher's temperature");
  checkTeacher(teacher.logits, labels.length, classes);
}

function checkTeacher(logits: Logits, rows: number, classes: number): void {
  if (logits.rows !== rows || logits.columns !== classes) {
    throw new BadInput(
      `Cannot smooth ${rows} labels of ${classes} classes by a teacher with ` +
        `${logits.rows} rows of ${logits.columns} classes`,
    );
  }
  const bad = logits.data.findIndex((z) => !Number.isFinite(z));
  if (bad < 0) return;
  throw new BadInput(
    `Cannot smooth labels as the teacher's logits must be finite: row ` +
      `${Math.floor(bad / classes)}, column ${bad % classes} (from 0) is ` +
      logits.data[bad],
  );
}
