import {
  METRIC_NAMES,
  type MetricName,
  METRICS,
  type ScoreFormat,
  scoreHeading,
} from "../../calibration/metrics.ts";

/** Name of a score that a table or figure can show. */
export type ScoreName = MetricName | keyof typeof OTHER_SCORES;

/** Heading and format of a score, and which direction is better. */
export interface ScoreStyle {
  /** Title with unit: "ECE, %". */
  readonly title: string;
  /** Decimal places. */
  readonly digits: number;
  /** Multiplier for printing (1): 100 for per cent. */
  readonly factor?: number;
  /** Which direction is better; undefined if neither is. */
  readonly better?: "lower" | "higher";
}

/** Scores other than the metrics of a network's predictions. */
const OTHER_SCORES = {
  temperature: { title: "temperature", digits: 3 },
  studentAccuracy: studentScore("accuracy"),
  studentLogLoss: studentScore("logLoss"),
  normalisedAurc: normalisedScore("aurc"),
  normalisedAugrc: normalisedScore("augrc"),
  purity: { title: "purity", digits: 3 },
  spread: { title: "within-class spread", digits: 3 },
} satisfies Readonly<Record<string, ScoreStyle>>;

/** The style of each score, the same in every table and figure. */
export const SCORES: Readonly<Record<ScoreName, ScoreStyle>> = {
  ...Object.fromEntries(
    METRIC_NAMES.map((name) => [name, styleOf(METRICS[name])]),
  ) as Record<MetricName, ScoreStyle>,
  ...OTHER_SCORES,
};

function styleOf(format: ScoreFormat): ScoreStyle {
  const { digits, factor, better } = format;
  return {
    title: scoreHeading(format),
    digits,
    ...(factor === undefined ? {} : { factor }),
    ...(better === undefined ? {} : { better }),
  };
}

/** A metric of a network's student. */
function studentScore(name: MetricName): ScoreStyle {
  const metric = METRICS[name];
  return styleOf({ ...metric, title: `student ${metric.title}` });
}

/** A metric with normalised logits as the score of confidence. */
function normalisedScore(name: MetricName): ScoreStyle {
  const metric = METRICS[name];
  return styleOf({ ...metric, title: `${metric.title} of normalised logits` });
}

/** A score's title without its unit: "class-wise ECE". */
export function scoreTitle(score: ScoreName): string {
  return SCORES[score].title.replace(/, %$/, "");
}

/** Headings of columns that group records. */
export const GROUP_TITLES: Readonly<Record<string, string>> = {
  scaled: "temperature scaling",
};

/** How the interval of a difference lies to 0, given which direction is better. */
export type DifferenceVerdict = "better" | "worse" | "undecided";

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
