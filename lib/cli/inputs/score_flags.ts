import {
  number,
  optional,
  path,
  toggle,
  type Values,
  whole,
} from "../flags/flags.ts";
import { namedPathLists, namedPaths, paths } from "../flags/path_lists.ts";
import { classNamesKind } from "./class_names.ts";

/** What files of scores contain, for every command that reads them. */
export const kindFlags = {
  probabilities: toggle(
    "the files contain probabilities: rows that sum to 1 (or 100) within " +
      "0.001, or 0.0078 in bfloat16",
  ),
  logProbabilities: toggle(
    "the files contain logarithms of probabilities; -inf is a probability of 0",
  ),
  votes: toggle("the files contain counts of votes for each class"),
  asLogits: toggle(
    "the files contain logits, even if they look like something else, such as " +
      "cosine similarities in [0, 1]",
  ),
  binary: toggle(
    "the files contain one column: the scores of class 1 of two classes",
  ),
  floor: optional(
    number(
      { low: 0, high: 0.5, lowOpen: true, highOpen: true },
      "raise smaller probabilities to P, also that of a label with " +
        "probability 0, whose log loss would be infinite",
      "P",
    ),
  ),
  classes: optional(classNamesKind),
};

/** Which rows count, for every command that reads labels. */
export const labelFlags = {
  ignoreLabel: optional(
    whole(-(2 ** 31), "leave out rows with this label, such as -1 or -100"),
  ),
};

/** Values of `kindFlags`. */
export type KindValues = Values<typeof kindFlags>;

/**
 * Test rows of one or several models, with labels and validation rows: the flags of
 * `loadScores()`.
 */
export const scoreFlags = {
  run: optional(
    paths("RUN", "folder or id of a run, instead of files; also RUN,RUN"),
  ),
  logits: optional(
    namedPaths(
      "L",
      "scores of the test rows (rows, classes): .npy, .npz, .safetensors, " +
        ".parquet, .csv, .tsv; FILE:KEY chooses an array or columns; several " +
        "models as NAME=L,NAME=L or with the flag repeated",
    ),
  ),
  labels: optional(
    path(
      "Y",
      "true classes of the test rows, in such a file: class indices from 0, " +
        "one-hot rows, or names with --classes; FILE:COLUMN of a table",
    ),
  ),
  valLogits: optional(
    namedPaths(
      "VL",
      "scores of validation rows, to fit calibrators: as --logits",
    ),
  ),
  valLabels: optional(path("VY", "true classes of --val-logits")),
  also: optional(
    namedPathLists(
      "NAME=L,Y",
      "another test set, such as a shifted one: its scores, of each model in " +
        "turn, and its labels; may be repeated",
    ),
  ),
  ...kindFlags,
  ...labelFlags,
};

/** Paragraphs of help on the flags of `scoreFlags`. */
export const INPUT_NOTES =
  `Files are .npy, .npz, .safetensors, .parquet, .csv, .tsv, .txt or .mat; FILE:KEY
names an array, or columns of a table by name or number from 0 (-1 is the last):
P.csv:label, P.csv:0..9, P.csv:logit_*. Without a key the only array or the
columns that fit are read. A comma separates files, except within the name of an
existing file; a flag for several files may also be repeated.

Without --probabilities, --log-probabilities, --votes or --as-logits the scores must
be logits: rows that look like anything else are refused.`;

/** Values of `scoreFlags`. */
export type ScoreValues = Values<typeof scoreFlags>;
