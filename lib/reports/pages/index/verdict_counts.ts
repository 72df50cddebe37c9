/** Verdicts of the studies of regimes and of synthetic data. */
import { signedText } from "../../tables/decimal_text.ts";
import { SCALED_CE } from "../../../study/scaled_rival.ts";
import type { Gain, SyntheticClaim } from "./index_data.ts";
import { ANSWERS, type Verdict } from "./verdict.ts";
import {
  intervalText,
  mainMethod,
  plainName,
  scoreName,
  unitOf,
} from "./wording.ts";

/** In how many situations a method is better, worse or neither. */
export interface Counts {
  readonly better: number;
  readonly worse: number;
  readonly undecided: number;
  readonly all: number;
}

/** Counts the situations of a method, a rival and a score by their verdicts. */
export function countGains(
  gains: readonly Gain[],
  which: {
    readonly method: string;
    readonly rival: string;
    readonly score: string;
  },
): Counts {
  const own = gains.filter(({ method, rival, score }) =>
    method === which.method && rival === which.rival && score === which.score
  );
  const count = (verdict: Gain["verdict"]) =>
    own.filter((gain) => gain.verdict === verdict).length;
  return {
    better: count("better"),
    worse: count("worse"),
    undecided: count("undecided"),
    all: own.length,
  };
}

/**
 * Judges the method of `mainMethod()` by the situations in which the log loss differs
 * from that of plain training with temperature scaling.
 *
 * @returns undefined without a method that smooths by instance
 */
export function judgeGains(gains: readonly Gain[]): Verdict | undefined {
  const methods = [...new Set(gains.map(({ method }) => method))];
  const method = mainMethod(methods);
  if (method === undefined) return undefined;
  const of = (method: string, rival: string, score = "log loss") =>
    countGains(gains, { method, rival, score });
  const main = of(method, SCALED_CE);
  if (main.all === 0) return undefined;
  const others = methods.filter((other) =>
    other !== method && other !== SCALED_CE && other !== "ls"
  ).map((other) => ({ other, counts: of(other, SCALED_CE) }))
    .filter(({ counts }) => counts.all === main.all)
    .toSorted((a, b) => b.counts.better - a.counts.better);
  const tone = main.better === main.all
    ? "good"
    : main.worse > main.better
    ? "bad"
    : "undecided";
  return {
    tone,
    answer: ANSWERS[tone],
    headline: gainsHeadline(plainName(method), main),
    sentences: [
      countsSentence(
        `Its accuracy, against plain training`,
        of(
          method,
          "ce",
          "accuracy, %",
        ),
      ),
      countsSentence(
        "Its log loss, against tuned label smoothing",
        of(
          method,
          "ls",
        ),
      ),
      ...others.slice(0, 1).map(({ other, counts }) =>
        countsSentence(
          `${plainName(other)}, against plain training with temperature ` +
            "scaling in log loss",
          counts,
        )
      ),
      "How sure: each situation is one network, one number of images and one " +
      "kind of label noise, judged by the 95 % interval of its paired " +
      "differences. With this many intervals a few are decided by chance.",
    ],
  };
}

function gainsHeadline(name: string, { better, worse, all }: Counts): string {
  const rest = all - better;
  const first = rest === 0
    ? ""
    : `In ${rest} of ${all} situations, plain training with temperature ` +
      `scaling ${
        worse === rest ? "has" : "may have"
      } as low a log loss or a lower one, and it costs nothing` +
      (worse > 0 && worse < rest ? ` (lower in ${worse})` : "") + ". ";
  return first +
    (better === 0
      ? `${name} is better in none.`
      : `In ${better} of ${all}, ${name} is better.`);
}

function countsSentence(
  what: string,
  { better, worse, undecided, all }: Counts,
): string {
  return `${what}: better in ${better}, worse in ${worse} and undecided in ` +
    `${undecided} of ${all} situations.`;
}

/**
 * Judges the synthetic study by its paired differences in log loss from tuned label
 * smoothing and from plain training.
 *
 * @returns undefined without these two
 */
export function judgeClaims(
  claims: readonly SyntheticClaim[],
): Verdict | undefined {
  const of = (claim: string, score = "log loss") =>
    claims.find((row) => row.claim === claim && row.score === score);
  const overLs = of("ILS beats LS");
  const overCe = of("ILS beats no smoothing");
  if (!overLs || !overCe) return undefined;
  const decided = overLs.high < 0;
  return {
    tone: "undecided",
    answer: "Not decided by this profile",
    headline: decided
      ? "Where the truth is known, instance-based smoothing beats tuned label " +
        "smoothing in log loss" +
        (overLs.low > overLs.published
          ? ", by less than the study reports."
          : ".")
      : overLs.low > 0
      ? "Where the truth is known, tuned label smoothing beats instance-based " +
        "smoothing in log loss."
      : "Where the truth is known, it is undecided whether instance-based " +
        "smoothing beats tuned label smoothing in log loss.",
    sentences: [
      claimSentence("Against tuned label smoothing", overLs),
      claimSentence("Against plain training", overCe),
      "No paired interval against plain training with temperature scaling was " +
      "computed here; the tables below have its means.",
    ],
  };
}

function claimSentence(
  what: string,
  { score, published, difference, low, high }: SyntheticClaim,
): string {
  const interval = intervalText({ mean: difference, low, high }, 4);
  return `${what}: ${scoreName(score)} ${interval}${
    unitOf(score)
  }; the study ` +
    `reports ${signedText(published, 4)}.`;
}
