/** What distinguishes a convention, such as `{ of: "classwise", bins: 15 }`. */
export type ConventionSettings = Readonly<Record<string, string | number>>;

/** A way to compute a metric. */
export interface Convention {
  /** In words, such as "class-wise ECE, sum over classes, 15 bins (low, high]". */
  readonly text: string;
  /** The same by key. */
  readonly settings: ConventionSettings;
  /** How unusual it is: 0 for the commonest definitions. */
  readonly departures: number;
}

/** The number that a convention yields. */
export interface Candidate extends Convention {
  readonly value: number;
}
