import { BadInput } from "../../bad_input.ts";
import { foldLogits } from "../../logits/fold_logits.ts";
import type { Logits } from "../../matrix_kinds.ts";
import { meanLogits } from "../../logits/mean_logits.ts";
import { readLabels, readLogits } from "../../files/npy.ts";
import type { Context } from "../command.ts";
import { warnIfProbabilities } from "../terminal/warnings.ts";

/** What a teacher of the user's own is read from. */
export interface TeacherFiles {
  /** Logits `[n, classes]` each, at least one file. */
  readonly logits: readonly string[];
  /** Whole numbers `[n]`: which of the files says what of each row. */
  readonly folds: string | undefined;
}

/**
 * The logits of a teacher: those of one file as they are; of several the
 * logarithm of their mean probability, or with folds each row of the file that
 * was trained without it.
 *
 * @returns `[n, classes]`
 * @throws {BadInput} if a file is wrong, or does not fit the first one
 */
export async function readTeacher(
  { logits: paths, folds }: TeacherFiles,
  context: Pick<Context, "say">,
): Promise<Logits> {
  if (folds !== undefined && paths.length < 2) {
    throw new BadInput(
      "--folds goes with several --logits, one file for each fold: there is " +
        `one, ${paths[0]}`,
    );
  }
  const members: Logits[] = [];
  for (const path of paths) {
    const member = await readLogits(path);
    warnIfProbabilities(member, path, context);
    members.push(member);
  }
  checkShapes(members, paths);
  if (folds !== undefined) {
    return foldLogits(members, await readFolds(folds, members));
  }
  return members.length === 1 ? members[0] : meanLogits(members);
}

function checkShapes(
  members: readonly Logits[],
  paths: readonly string[],
): void {
  const sizeOf = ({ rows, columns }: Logits) =>
    `${rows} rows of ${columns} classes`;
  const first = sizeOf(members[0]);
  const other = members.findIndex((member) => sizeOf(member) !== first);
  if (other < 0) return;
  throw new BadInput(
    `Cannot join --logits ${paths[other]} with ${paths[0]}: it holds ` +
      `${sizeOf(members[other])}, not ${first}`,
  );
}

/** The file of each row: as many as there are files, none without a row. */
async function readFolds(
  path: string,
  members: readonly Logits[],
): Promise<Int32Array> {
  const [{ rows }] = members;
  const folds = await readLabels(path, {
    classes: members.length,
    what: "folds",
  });
  if (folds.length !== rows) {
    throw new BadInput(
      `Cannot take logits by fold: --logits hold ${rows} rows and --folds ` +
        `${path} ${folds.length}`,
    );
  }
  const idle = members.findIndex((_, fold) => !folds.includes(fold));
  if (idle < 0) return folds;
  throw new BadInput(
    `Cannot take logits by fold: there are ${members.length} --logits, and ` +
      `no row of --folds ${path} is ${idle}`,
  );
}
