/** How labels are read. */
export interface LabelOptions {
  /** Number of classes, above every label (2^31). */
  readonly classes?: number;
  /** Name of the labels in messages ("labels"). */
  readonly what?: string;
  /** Names of the classes, for labels that are text, in the order of the classes. */
  readonly classNames?: readonly string[] | undefined;
  /** Label of rows that are to be left out, which become `IGNORED` (none). */
  readonly ignoreLabel?: number | undefined;
  /** Options that the caller's user has, for the advice in messages (none). */
  readonly offers?: readonly ("classNames" | "ignoreLabel")[];
}
