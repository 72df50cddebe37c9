import { BadInput } from "../../bad_input.ts";
import { foldLogits } from "../../logits/fold_logits.ts";
import type { Logits } from "../../matrix_kinds.ts";
import { meanLogits } from "../../logits/mean_logits.ts";
import { readLabels, readLogits } from "../../files/npy.ts";
import type { Context } from "../command.ts";
import { warnIfProbabilities } from "../terminal/warnings.ts";

/** The files of a user's own teacher. */
export interface TeacherFiles {
  /** Paths of logits `[n, classes]`, at least one. */
  readonly logits: readonly string[];
  /** Path of the folds `[n]`: for each row the index of its logits file. */
  readonly folds: string | undefined;
}

/**
 * Reads the logits of a teacher. One file is used unchanged; several files give
 * the logarithm of their mean probability, or with folds each row from the file
 * whose network was trained without it.
 *
 * @returns logits `[n, classes]`
 * @throws {BadInput} if a file is unusable or differs in shape from the first
 */
export async function readTeacher(
  { logits: paths, folds }: TeacherFiles,
  context: Pick<Context, "log">,
): Promise<Logits> {
  if (folds !== undefined && paths.length < 2) {
    throw new BadInput(
      "--folds needs several files of --logits, one for each fold: current " +
        `value is ${paths[0]}`,
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
    `Cannot combine --logits ${paths[other]} with ${paths[0]}: it has ` +
      `${sizeOf(members[other])}, not ${first}`,
  );
}

/** Reads the folds and checks that every logits file has a row. */
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
      `Cannot select logits by fold: --logits has ${rows} rows, but --folds ` +
        `${path} has ${folds.length}`,
    );
  }
  const idle = members.findIndex((_, fold) => !folds.includes(fold));
  if (idle < 0) return folds;
  throw new BadInput(
    `Cannot select logits by fold: --logits has ${members.length} files, but ` +
      `no row of --folds ${path} is ${idle}`,
  );
}
