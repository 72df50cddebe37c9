import { BadInput } from "../../../bad_input.ts";
import { readLabels, writeNpy } from "../../../files/npy.ts";
import type { MethodSpec } from "../../../smoothing/method.ts";
import { buildTargets } from "../../../smoothing/targets.ts";
import type { TargetsOptions } from "../../../smoothing/targets_options.ts";
import type { Answer, Context } from "../../command.ts";
import { readTeacher, type TeacherFiles } from "../../inputs/teacher_files.ts";
import { compareTargets } from "./compare_targets.ts";

/** Input and output of `makeTargets()`. */
export interface TargetsFiles extends TeacherFiles {
  /** Path of the labels. */
  readonly labels: string;
  /** The teacher's fitted temperature. */
  readonly temperature: number;
  /** Path of votes to compare with. */
  readonly against: string | undefined;
  /** Path of the targets. */
  readonly out: string | undefined;
}

/**
 * Makes the targets of a method, compares them with votes and writes them, as far
 * as `files` has paths for these.
 *
 * @throws {BadInput} if a file is unusable, or files do not fit together
 */
export async function makeTargets(
  method: MethodSpec,
  files: TargetsFiles,
  context: Context,
): Promise<Answer> {
  const { against, out } = files;
  const samples = await readSamples(files, context);
  const { labels } = samples;
  const { data, rows, columns } = buildTargets(method, samples);
  const compared = against === undefined
    ? { json: {}, text: "" }
    : await compareTargets(method, samples, { path: against, ...context });
  if (out !== undefined) await writeNpy(out, { data, shape: [rows, columns] });
  const meanTrueTarget = labels.reduce(
    (sum, label, i) => sum + data[i * columns + label],
    0,
  ) / rows;
  return {
    json: {
      ...(out === undefined ? {} : { out }),
      ...{ rows, classes: columns, method, meanTrueTarget },
      ...compared.json,
    },
    text: `${out === undefined ? "" : `${out}: `}${rows} rows of ${columns} ` +
      `classes by ${method.name}, mean target of the true class ` +
      `${meanTrueTarget.toFixed(4)}\n${compared.text}`,
  };
}

async function readSamples(
  { temperature, labels: labelsPath, ...files }: TargetsFiles,
  context: Context,
): Promise<TargetsOptions> {
  const logits = await readTeacher(files, context);
  const classes = logits.columns;
  const labels = await readLabels(labelsPath, { classes });
  if (labels.length !== logits.rows) {
    throw new BadInput(
      `Cannot make targets: --logits ${files.logits[0]} has ${logits.rows} ` +
        `rows, but --labels ${labelsPath} has ${labels.length}`,
    );
  }
  return { labels, classes, teacher: { logits, temperature } };
}
