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
  context: Context,
): Promise<Answer> {
  const { against, out } = files;
  const samples = await readSamples(files, context);
  const { rows, columns: classes } = samples.teacher!.logits;
  const none: Part = { json: {}, text: "" };
  const compared = against === undefined
    ? none
    : await compareTargets(methods, samples, { path: against, ...context });
  const written = out === undefined
    ? none
    : await writeTargets(out, methods[0], samples);
  return {
    json: { rows, classes, ...written.json, ...compared.json },
    text: written.text + compared.text,
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
