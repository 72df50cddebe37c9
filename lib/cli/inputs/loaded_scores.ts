import type { LabelledLogits } from "../../calibration/labelled_logits.ts";
import type { Logits } from "../../matrix_kinds.ts";

/** Another test set. */
export interface OtherRows extends LabelledLogits {
  /** Name from `--also`. */
  readonly name: string;
}

/** The rows of one model. */
export interface ScoredModel {
  /** Name in tables and pages: given, or from the file or run. */
  readonly name: string;
  /** Logits of the test rows, `[n, classes]`, finite or -Infinity. */
  readonly logits: Logits;
  /** Rows to fit calibrators to, with the same classes. */
  readonly validation: LabelledLogits | undefined;
  /** Further test sets, the same ones for every model. */
  readonly also: readonly OtherRows[];
}

/** Rows of files, some of which may be left out. */
export interface FileRows {
  /** Number of rows in the files. */
  readonly stored: number;
  /** Rows that are not left out; undefined for all. */
  readonly kept: readonly number[] | undefined;
}

/** Options of `loadScores()`. */
export interface LoadScoresOptions {
  /** What the rows of `--logits` are, in remarks ("test"). */
  readonly rows?: "test" | "validation";
}

/** Models and their rows, from files or from runs. */
export interface LoadedScores {
  /** In the order of the flags, at least one; all names differ. */
  readonly models: readonly ScoredModel[];
  /** Labels of the test rows, `[n]`, which all models share. */
  readonly labels: Int32Array;
  /** The test rows in their files. */
  readonly testRows: FileRows;
  /** Names of the classes, if they are known. */
  readonly classNames: readonly string[] | undefined;
  /** What is worth knowing about the inputs, a sentence each. */
  readonly remarks: readonly string[];
  /** Input files, which must not be overwritten. */
  readonly files: readonly string[];
}
