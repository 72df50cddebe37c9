import type { Metrics } from "../../calibration/evaluate.ts";

/** A number that a table or figure of the study may show. */
export type ScoreName =
  | Exclude<keyof Metrics, "n" | "classes" | "bins">
  | "temperature"
  | "studentAccuracy"
  | "studentLogLoss"
  | "purity"
  | "spread";

/** How a number is named and printed, and which end of it is the good one. */
export interface ScoreStyle {
  readonly title: string;
  readonly digits: number;
  /** 100 for per cent. */
  readonly factor?: number;
  readonly better?: "lower" | "higher";
}

const PERCENT = { digits: 2, factor: 100 };
const LOSS = { digits: 4, better: "lower" } as const;

/** One style for each number, the same in every table and figure. */
export const SCORES: Readonly<Record<ScoreName, ScoreStyle>> = {
  accuracy: { title: "accuracy, %", ...PERCENT, better: "higher" },
  logLoss: { title: "log loss", ...LOSS },
  brier: { title: "Brier score", ...LOSS },
  ece: { title: "ECE, %", ...PERCENT, better: "lower" },
  adaptiveEce: { title: "adaptive ECE, %", ...PERCENT, better: "lower" },
  classwiseEce: { title: "class-wise ECE, %", ...PERCENT, better: "lower" },
  mce: { title: "MCE, %", ...PERCENT, better: "lower" },
  ace: { title: "ACE, %", ...PERCENT, better: "lower" },
  labelConditionalEce: {
    title: "label-conditional ECE, %",
    ...PERCENT,
    better: "lower",
  },
  temperature: { title: "temperature", digits: 3 },
  studentAccuracy: {
    title: "student accuracy, %",
    ...PERCENT,
    better: "higher",
  },
  studentLogLoss: { title: "student log loss", ...LOSS },
  purity: { title: "purity", digits: 3 },
  spread: { title: "within-class spread", digits: 3 },
};

/** What the columns of groups are called. */
export const GROUP_TITLES: Readonly<Record<string, string>> = {
  scaled: "temperature scaling",
};

const VERDICT_TONES: Readonly<Record<string, "good" | "bad">> = {
  better: "good",
  "same direction": "good",
  "reproduced": "good",
  worse: "bad",
  "other direction": "bad",
  "not reproduced": "bad",
};

/** The colour of a verdict; undefined for an undecided one. */
export function verdictTone(verdict: string): "good" | "bad" | undefined {
  return Object.hasOwn(VERDICT_TONES, verdict)
    ? VERDICT_TONES[verdict]
    : undefined;
}
