import { BadInput, checkWhole } from "../bad_input.ts";
import { row } from "../matrix.ts";
import type { Logits } from "../matrix_kinds.ts";
import { type MethodSpec, needsTeacher } from "./method.ts";
import { checkMethod, checkTemperature } from "./parse_method.ts";
import type { TargetsOptions } from "./targets_options.ts";

/**
 * Checks the arguments of `buildTargets()`.
 *
 * @throws {BadInput} for a wrong method, label, class count or teacher
 */
export function checkTargetsOptions(
  method: MethodSpec,
  { labels, classes, teacher }: TargetsOptions,
): void {
  checkMethod(method);
  checkWhole("Cannot smooth labels as the number of classes", classes, 2);
  const wrong = labels.findIndex((label) => label < 0 || label >= classes);
  if (wrong >= 0) {
    throw new BadInput(
      `Cannot smooth labels as they must be in [0, ${classes}): ` +
        `row ${wrong} (from 0) has ${labels[wrong]}`,
    );
  }
  if (!needsTeacher(method)) return;
  if (teacher === undefined) {
    throw new BadInput(`Method ${method.name} needs a teacher's logits`);
  }
  checkTemperature(teacher.temperature ?? 1, "the teacher's temperature");
  checkTeacher(teacher.logits, labels.length, classes);
  if ("scores" in method && method.scores === "shifted-logits") {
    checkFinite(teacher.logits);
  }
}

/** Scores relative to the smallest logit need one. */
function checkFinite({ data, columns }: Logits): void {
  const masked = data.indexOf(-Infinity);
  if (masked < 0) return;
  throw new BadInput(
    "Cannot smooth labels by shifted logits as these must be finite: row " +
      `${Math.floor(masked / columns)}, column ${
        masked % columns
      } (from 0) is ` +
      "-Infinity",
  );
}

function checkTeacher(logits: Logits, rows: number, classes: number): void {
  if (logits.rows !== rows || logits.columns !== classes) {
    throw new BadInput(
      `Cannot smooth labels as the teacher's logits must be ${rows} rows of ` +
        `${classes} classes: they are ${logits.rows} of ${logits.columns}`,
    );
  }
  const bad = logits.data.findIndex((z) => !(z < Infinity));
  if (bad >= 0) {
    throw new BadInput(
      `Cannot smooth labels as the teacher's logits must be finite or ` +
        `-Infinity: row ${Math.floor(bad / classes)}, column ` +
        `${bad % classes} (from 0) is ${logits.data[bad]}`,
    );
  }
  for (let i = 0; i < rows; i++) {
    if (row(logits, i).some((z) => z > -Infinity)) continue;
    throw new BadInput(
      `Cannot smooth labels as row ${i} (from 0) of the teacher's logits is ` +
        "-Infinity for all classes",
    );
  }
}
