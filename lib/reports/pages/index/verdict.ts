/** The statement at the top of an index page, made from paired differences alone. */
import { SCALED_CE } from "../../../study/scaled_rival.ts";
import { ACCURACY, differenceOf, LOG_LOSS, methodsIn } from "./differences.ts";
import type { DifferenceVerdict } from "../../tables/score_styles.ts";
import type { Setting } from "./index_data.ts";
import { sentencesOfMany, sentencesOfOne } from "./verdict_sentences.ts";
import { mainMethod } from "./wording.ts";

/** What a page says first. */
export interface Verdict {
  readonly tone: "good" | "bad" | "undecided";
  /** Answer to "Should I use it here?": "Yes". */
  readonly answer: "Yes" | "No" | "It depends" | "Not decided by this profile";
  /** One sentence: use it or not, against what. */
  readonly headline: string;
  /** By how much, at what price, how sure. */
  readonly sentences: readonly string[];
}

/** The answer of a tone, unless nothing is known. */
export const ANSWERS = {
  good: "Yes",
  bad: "No",
  undecided: "It depends",
} as const satisfies Readonly<Record<Verdict["tone"], Verdict["answer"]>>;

/** Headlines by the verdicts on log loss and on accuracy against scaled `ce`. */
const HEADLINES: Readonly<
  Record<
    DifferenceVerdict,
    Readonly<Record<DifferenceVerdict, readonly [Verdict["tone"], string]>>
  >
> = {
  better: {
    better: [
      "good",
      "Use it here: it beats plain training even after " +
      "temperature scaling, in log loss and in accuracy.",
    ],
    undecided: [
      "good",
      "Use it here for better probabilities: it beats plain " +
      "training even after temperature scaling. More accuracy is not shown.",
    ],
    worse: [
      "undecided",
      "A trade: better probabilities than plain training " +
      "with temperature scaling, but lower accuracy.",
    ],
  },
  undecided: {
    better: [
      "undecided",
      "For probabilities, plain training with temperature " +
      "scaling may do as well, and it costs nothing. For accuracy, use it here.",
    ],
    undecided: [
      "undecided",
      "No shown reason to use it here: plain training " +
      "with temperature scaling may do as well, and it costs nothing.",
    ],
    worse: [
      "bad",
      "Do not use it here: plain training with temperature " +
      "scaling is more accurate and may have as good probabilities.",
    ],
  },
  worse: {
    better: [
      "undecided",
      "Plain training with temperature scaling gives " +
      "better probabilities and costs nothing. For accuracy alone, use it here.",
    ],
    undecided: [
      "bad",
      "Do not use it here: plain training with temperature " +
      "scaling gives better probabilities, and it costs nothing.",
    ],
    worse: [
      "bad",
      "Do not use it here: plain training with temperature " +
      "scaling is better in log loss and in accuracy, and it costs nothing.",
    ],
  },
};

/**
 * Judges the method of `mainMethod()` against plain training with temperature
 * scaling, in log loss first: it takes accuracy and calibration together. An interval
 * that contains 0 is undecided.
 *
 * @param settings one or more networks
 * @returns undefined without a method that smooths by instance
 */
export function judge(settings: readonly Setting[]): Verdict | undefined {
  const [first] = settings;
  const method = first && mainMethod(methodsIn(first));
  if (method === undefined) return undefined;
  const judged = settings.map((setting) => ({
    name: setting.name,
    logLoss: differenceOf(setting, {
      method,
      rival: SCALED_CE,
      score: LOG_LOSS,
    }),
    accuracy: differenceOf(setting, {
      method,
      rival: SCALED_CE,
      score: ACCURACY,
    }),
  }));
  if (judged.some(({ logLoss, accuracy }) => !logLoss || !accuracy)) {
    return {
      tone: "undecided",
      answer: "Not decided by this profile",
      headline: "No verdict: plain training with temperature scaling, the " +
        "rival that costs nothing, was not measured here.",
      sentences: [],
    };
  }
  const cells = judged.map(({ logLoss, accuracy }) =>
    HEADLINES[logLoss!.verdict][accuracy!.verdict]
  );
  const sentences = settings.length === 1
    ? sentencesOfOne(first, method)
    : sentencesOfMany(settings, method);
  if (cells.every((cell) => cell === cells[0])) {
    const [tone, headline] = cells[0];
    return { tone, answer: ANSWERS[tone], headline, sentences };
  }
  return {
    tone: "undecided",
    answer: ANSWERS.undecided,
    headline: countsHeadline(judged.map(({ logLoss }) => logLoss!.verdict)),
    sentences,
  };
}

/** How many networks agree, the free rival first. */
function countsHeadline(verdicts: readonly DifferenceVerdict[]): string {
  const count = (verdict: DifferenceVerdict) =>
    verdicts.filter((other) => other === verdict).length;
  return "Plain training with temperature scaling costs nothing: of " +
    `${verdicts.length} cases, its log loss is lower in ` +
    `${count("worse")}, not measurably different in ${
      count("undecided")
    } and ` +
    `higher in ${count("better")}.`;
}
