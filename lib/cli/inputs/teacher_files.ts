import { BadInput } from "../../bad_input.ts";
import { inputRemarks } from "../../calibration/input_remarks.ts";
import { parseArrayPath } from "../../files/array_path.ts";
import { labelArray } from "../../files/arrays/label_array.ts";
import { labelsOf } from "../../files/arrays/labels_of.ts";
import { type OpenArrays, openOnce } from "../../files/arrays/open_once.ts";
import { foldLogits } from "../../logits/fold_logits.ts";
import { meanLogits } from "../../logits/mean_logits.ts";
import type { Logits } from "../../matrix_kinds.ts";
import { checkLabelled, readRowSet, type RowSet } from "./row_set.ts";
import type { KindValues } from "./score_flags.ts";
import { scoreKind } from "./score_kind.ts";

/** The files of a user's own teacher, and what they contain. */
export interface TeacherFiles extends KindValues {
  /** Paths of scores `[n, classes]`, at least one. */
  readonly logits: readonly string[];
  /** Path of the folds `[n]`: for each row the index of its file of scores. */
  readonly folds: string | undefined;
  /** Path of the labels. */
  readonly labels: string;
  /** Label of rows that are left out. */
  readonly ignoreLabel: number | undefined;
}

/** A teacher and the labels of its rows. */
export interface Teacher {
  /** `[n, classes]`, finite or -Infinity, but not for a label. */
  readonly logits: Logits;
  /** `[n]`, class indices. */
  readonly labels: Int32Array;
  /** Number of rows in the files. */
  readonly stored: number;
  /** Rows of the files that are not left out; undefined for all. */
  readonly kept: readonly number[] | undefined;
  /** What is worth knowing about the inputs, a sentence each. */
  readonly remarks: readonly string[];
}

/**
 * Reads the scores of a teacher, as logits, and labels. One file is used unchanged;
 * several files give the logarithm of their mean probability, or with folds each row
 * from the file whose network was trained without it.
 *
 * @throws {BadInput} if a file is unusable or differs in shape from the first
 */
export async function readTeacher(files: TeacherFiles): Promise<Teacher> {
  const { folds, logits: paths } = files;
  if (folds !== undefined && paths.length < 2) {
    throw new BadInput(
      "--folds needs several files of --logits, one for each fold: current " +
        `value is ${paths[0]}`,
    );
  }
  const open = openOnce();
  const set = await readRowSet(files, {
    open,
    kind: scoreKind(files),
    classNames: files.classes,
    ignoreLabel: files.ignoreLabel,
  });
  const { logits: members, labels, stored, kept, remarks } = set;
  const logits = folds !== undefined
    ? foldLogits(members, await readFolds(folds, set, open))
    : members.length === 1
    ? members[0]
    : meanLogits(members);
  checkLabelled(logits, labels, paths.join(", "));
  const suspicious = inputRemarks([{ name: paths[0], logits }], labels, {
    rows: "",
  });
  return {
    ...{ logits, labels, stored, kept },
    remarks: [...new Set([...remarks, ...suspicious])],
  };
}

/** Reads the folds and checks that every file of scores has a row. */
async function readFolds(
  path: string,
  { logits: members, stored: rows, kept }: RowSet,
  open: OpenArrays,
): Promise<Int32Array> {
  const { file, key } = parseArrayPath(path);
  const { values, source } = labelArray(await open(file), key, "folds");
  const { labels: folds } = labelsOf(values, source, {
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
  if (idle < 0) {
    return kept === undefined ? folds : Int32Array.from(kept, (i) => folds[i]);
  }
  throw new BadInput(
    `Cannot select logits by fold: --logits has ${members.length} files, but ` +
      `no row of --folds ${path} is ${idle}`,
  );
}
