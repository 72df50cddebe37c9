import type { Binning } from "./binnings.ts";
import { ERROR_KINDS, type ErrorKind } from "./bin_errors.ts";
import type { Candidate, ConventionSettings } from "./convention.ts";

/** The errors of one class. */
export interface ClassErrors {
  /** Number of rows that count. */
  readonly rows: number;
  /** Errors by each binning. */
  readonly byBinning: readonly Readonly<Record<ErrorKind, number>>[];
}

/** Whose errors are combined. */
export interface ClassFamily {
  /** In words, such as "class-wise". */
  readonly text: string;
  readonly settings: ConventionSettings;
  readonly departures: number;
  readonly binnings: readonly Binning[];
  readonly kinds: readonly ErrorKind[];
  /** Whether classes differ in rows, so that a weighted mean is different. */
  readonly weighted: boolean;
}

/** A way to combine the errors of classes. */
interface Combination {
  readonly classes: string;
  readonly text: string;
  readonly departures: number;
  /** Whether it is used for a kind of error. */
  readonly fits: (kind: ErrorKind, family: ClassFamily) => boolean;
  readonly combine: (
    errors: readonly number[],
    rows: readonly number[],
  ) => number;
}

const COMBINATIONS: readonly Combination[] = [
  {
    ...{ classes: "mean", text: "mean over classes", departures: 0 },
    fits: () => true,
    combine: (errors) => sum(errors) / errors.length,
  },
  {
    ...{ classes: "sum", text: "sum over classes", departures: 1 },
    fits: (kind) => kind !== "max",
    combine: sum,
  },
  {
    ...{ classes: "weighted", text: "mean over rows", departures: 1 },
    fits: (_, { weighted }) => weighted,
    combine: (errors, rows) =>
      sum(errors.map((error, k) => error * rows[k])) / sum(rows),
  },
  {
    ...{ classes: "norm", text: "root mean square of classes", departures: 1 },
    fits: (kind) => kind === "root" || kind === "debiased",
    combine: (errors) =>
      Math.sqrt(sum(errors.map((error) => error ** 2)) / errors.length),
  },
  {
    ...{ classes: "max", text: "largest of the classes", departures: 1 },
    fits: (kind) => kind === "max" || kind === "mean",
    combine: (errors) => errors.reduce((a, b) => Math.max(a, b)),
  },
];

/** The errors of all classes, combined in every way that fits. */
export function combineClasses(
  classes: readonly ClassErrors[],
  family: ClassFamily,
): Candidate[] {
  if (classes.length === 0) return [];
  const rows = classes.map((one) => one.rows);
  return family.binnings.flatMap((binning, b) =>
    family.kinds.flatMap((kind) => {
      const errors = classes.map(({ byBinning }) => byBinning[b][kind]);
      return COMBINATIONS.filter(({ fits }) => fits(kind, family)).map(
        (combination) =>
          candidate(combination.combine(errors, rows), {
            ...{ family, binning, kind, combination },
          }),
      );
    })
  );
}

function candidate(
  value: number,
  { family, binning, kind, combination }: {
    readonly family: ClassFamily;
    readonly binning: Binning;
    readonly kind: ErrorKind;
    readonly combination: Combination;
  },
): Candidate {
  const { text, departures } = ERROR_KINDS[kind];
  return {
    value,
    text: `${family.text} ${text}, ${combination.text}, ${binning.text}`,
    settings: {
      ...family.settings,
      error: kind,
      classes: combination.classes,
      ...binning.settings,
    },
    departures: family.departures + departures + combination.departures +
      binning.departures,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
