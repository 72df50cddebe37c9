import { writeNpy } from "../../../files/npy.ts";
import type { MethodSpec } from "../../../smoothing/method.ts";
import { buildTargets } from "../../../smoothing/targets.ts";
import type { TargetsOptions } from "../../../smoothing/targets_options.ts";
import type { Answer } from "../../command.ts";
import { readTeacher, type TeacherFiles } from "../../inputs/teacher_files.ts";
import { remarkLines } from "../../terminal/remark_lines.ts";
import { compareTargets } from "./compare_targets.ts";

/** Input and output of `makeTargets()`. */
export interface TargetsFiles extends TeacherFiles {
  /** The teacher's fitted temperature. */
  readonly temperature: number;
  /** Path of votes to compare with. */
  readonly against: string | undefined;
  /** Path of the targets. */
  readonly out: string | undefined;
}

/** Part of the command's output. */
type Part = Pick<Answer, "text"> & { readonly json: object };

/**
 * Writes the targets of a method and compares those of one or more methods with
 * votes, as far as `files` has paths for these.
 *
 * @param methods at least one; the first one's targets are written
 * @throws {BadInput} if a file is unusable, or files do not fit together
 */
export async function makeTargets(
  methods: readonly MethodSpec[],
  files: TargetsFiles,
): Promise<Answer> {
  const { against, out, temperature } = files;
  const teacher = await readTeacher(files);
  const { logits, labels, remarks: onInput } = teacher;
  const { rows, columns: classes } = logits;
  const samples = { labels, classes, teacher: { logits, temperature } };
  const none = { json: {}, text: "", remarks: [] };
  const compared = against === undefined
    ? none
    : await compareTargets(methods, samples, { ...teacher, path: against });
  const written = out === undefined
    ? none
    : await writeTargets(out, methods[0], samples);
  const partial = out === undefined || teacher.kept === undefined
    ? []
    : [`${out}: its rows are those that are not left out, in their order`];
  const remarks = [...onInput, ...compared.remarks, ...partial];
  return {
    json: { rows, classes, ...written.json, ...compared.json, remarks },
    text: written.text + compared.text + remarkLines(remarks),
  };
}

async function writeTargets(
  out: string,
  method: MethodSpec,
  samples: TargetsOptions,
): Promise<Part> {
  const { data, rows, columns } = buildTargets(method, samples);
  await writeNpy(out, { data, shape: [rows, columns] });
  const meanTrueTarget = samples.labels.reduce(
    (sum, label, i) => sum + data[i * columns + label],
    0,
  ) / rows;
  return {
    json: { out, method, meanTrueTarget },
    text: `${out}: ${rows} rows of ${columns} classes by ${method.name}, ` +
      `mean target of the true class ${meanTrueTarget.toFixed(4)}\n`,
  };
}
