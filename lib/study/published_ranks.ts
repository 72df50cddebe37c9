/** The mean ranks of one score in the study's figures. */
export interface PublishedRanks {
  /** `labelConditionalEce` is what the study calls class-wise ECE. */
  readonly score: "accuracy" | "logLoss" | "ece" | "labelConditionalEce";
  /** Mean rank by method; 1 is best. */
  readonly ranks: Readonly<Record<string, number>>;
}

/**
 * Number of pairs of data set and architecture behind each rank. The study does
 * not state it; 11 is the number whose critical difference for 12 methods at
 * 0.05 is the 5.02 of its figures.
 */
export const PUBLISHED_DATA_SETS = 11;

type Row = readonly [
  method: string,
  accuracy: number,
  logLoss: number,
  ece: number,
  classwise: number,
];

/** `+ TempS`: with temperature scaling. */
const ROWS: readonly Row[] = [
  ["ILS + TempS", 1.36, 1.36, 4.18, 3.09],
  ["ILS", 1.36, 2.64, 8.64, 6.00],
  ["ILS1", 5.09, 5.64, 6.73, 7.82],
  ["ILS2", 5.64, 4.27, 5.18, 6.82],
  ["cLS", 6.73, 6.55, 4.82, 5.73],
  ["Dis", 6.91, 7.82, 7.45, 5.91],
  ["BS_soft", 7.09, 9.09, 9.18, 6.73],
  ["LS + TempS", 7.73, 5.73, 5.00, 4.91],
  ["Beta", 7.82, 10.82, 8.45, 8.82],
  ["No LS", 8.27, 10.73, 9.73, 8.73],
  ["No LS + TempS", 8.27, 5.27, 3.64, 4.91],
  ["LS", 8.91, 8.09, 4.91, 8.09],
];

/**
 * The study's critical-difference diagrams of its real data: mean ranks of 12
 * methods, read off the figures to about ± 0.05. `cLS` is class-based
 * smoothing, `Dis` self-distillation, `BS_soft` soft bootstrapping, `Beta` beta
 * smoothing; `ILS` is `ilsq` here.
 *
 * The ranks of 12 methods sum to 78 if ties share their mean rank. Those of log
 * loss and ECE do; those of accuracy, where scaling causes ties, sum to 75.2:
 * there the study gave tied methods the best of their ranks.
 *
 * @see https://github.com/mmaher22/Instance-based-label-smoothing Appendix.pdf,
 * the diagrams of appendix C
 */
export const PUBLISHED_RANKS: readonly PublishedRanks[] =
  (["accuracy", "logLoss", "ece", "labelConditionalEce"] as const)
    .map((score, i) => ({
      score,
      ranks: Object.fromEntries(
        ROWS.map(([method, ...ranks]) => [method, ranks[i]]),
      ),
    }));
