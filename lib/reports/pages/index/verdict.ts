/** The statement at the top of an index page, made from paired differences alone. */
import { listed } from "../../calibration/listed.ts";
import { capitalised } from "../../tables/capitalised.ts";
import { SCALED_CE } from "../../../study/scaled_rival.ts";
import type { Difference, DifferenceVerdict, Setting } from "./index_data.ts";
import {
  counted,
  digitsOf,
  intervalText,
  mainMethod,
  numberText,
  plainName,
  scoreName,
  unitOf,
} from "./wording.ts";

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

const LOG_LOSS = "log loss";
const ACCURACY = "accuracy, %";
const AURC = "AURC, %";

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

/** A difference as an index page looks it up. */
export interface Wanted {
  readonly method: string;
  readonly rival: string;
  /** Title with unit. */
  readonly score: string;
}

/** The difference between two methods as trained; undefined if not measured. */
export function differenceOf(
  { differences }: Setting,
  { method, rival, score }: Wanted,
): Difference | undefined {
  return differences.find((row) =>
    row.difference === `${method} − ${rival}` && row.score === score &&
    !row.scaled
  );
}

/** Names of the methods on the left of a setting's differences, in order. */
export function methodsIn({ differences }: Setting): string[] {
  return [
    ...new Set(differences.map(({ difference }) => difference.split(" − ")[0])),
  ];
}

/**
 * Judges the method of `mainMethod()` against plain training with temperature
 * scaling, in log loss first: it takes accuracy and calibration together. An interval
 * that contains 0 is undecided.
 *
 * @param settings one or more networks; the first has its numbers in the sentences
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
  const alike = cells.every((cell) => cell === cells[0]);
  const sentences = sentencesOf(first, method);
  if (alike) {
    const [tone, headline] = cells[0];
    return { tone, answer: ANSWERS[tone], headline, sentences };
  }
  return {
    tone: "undecided",
    answer: ANSWERS.undecided,
    headline: countsHeadline(judged.map(({ logLoss }) => logLoss!.verdict)),
    sentences: [
      ...judged.map(({ name, logLoss, accuracy }) =>
        `${capitalised(name)}: log loss ${measured(logLoss!)}, accuracy ` +
        `${
          measured(accuracy!)
        }, against plain training with temperature scaling.`
      ),
      ...sentences.slice(1),
    ],
  };
}

/** How many networks agree, the free rival first. */
function countsHeadline(verdicts: readonly DifferenceVerdict[]): string {
  const count = (verdict: DifferenceVerdict) =>
    verdicts.filter((other) => other === verdict).length;
  return "It depends on the network. Plain training with temperature scaling " +
    `costs nothing; of ${verdicts.length} cases, its log loss is lower in ` +
    `${count("worse")}, not measurably different in ${
      count("undecided")
    } and ` +
    `higher in ${count("better")}.`;
}

/** Differences from the rivals, the price, and how sure they are. */
function sentencesOf(setting: Setting, method: string): string[] {
  const of = (rival: string, score: string) =>
    differenceOf(setting, { method, rival, score });
  const scaled = [of(SCALED_CE, LOG_LOSS)!, of(SCALED_CE, ACCURACY)!];
  const ls = [of("ls", LOG_LOSS), of("ls", ACCURACY)]
    .filter((row) => row !== undefined);
  const price = of(SCALED_CE, AURC);
  return [
    againstSentence(method, SCALED_CE, scaled),
    ...ls.length === 0 ? [] : [againstSentence(method, "ls", ls)],
    ...price?.verdict === "worse"
      ? [
        "The price: it finds its own errors less well. The error rate among " +
        `its most confident predictions (AURC) is ${
          measured(price)
        } than that of plain training with temperature scaling.`,
      ]
      : [],
    sureSentence(setting, scaled),
  ];
}

/** "Against label smoothing: log loss −0.022 (−0.031 to −0.012), better; …". */
function againstSentence(
  method: string,
  rival: string,
  rows: readonly Difference[],
): string {
  return `${plainName(method)} against ${rival === "ls" ? "tuned " : ""}` +
    `${plainName(rival)}: ` +
    rows.map((row) =>
      `${scoreName(row.score)} ${difference(row)}, ${row.verdict}`
    ).join("; ") + ".";
}

function sureSentence(
  setting: Setting,
  rows: readonly Difference[],
): string {
  const seeds = rows[0].n;
  const open = rows.filter(({ verdict, needed }) =>
    verdict === "undecided" && needed !== null
  ).map(({ score, needed }) =>
    `about ${needed} would decide the ${scoreName(score)}`
  );
  return `How sure: ${setting.name}, ${counted(seeds, "seed")}; the brackets ` +
    "are 95 % intervals of paired differences, not corrected for their number." +
    (open.length === 0 ? "" : ` ${capitalised(listed(open))}.`);
}

/** "+1.87 points (1.27 to 2.47)". */
function difference(row: Difference): string {
  const { score } = row;
  return intervalText(row, digitsOf(score)).replace(" (", `${unitOf(score)} (`);
}

/** "1.19 points higher (0.82 to 1.57)"; an undecided one keeps its signs. */
function measured(row: Difference): string {
  const { mean, low, high, score, verdict } = row;
  const digits = digitsOf(score);
  if (verdict === "undecided") return `${difference(row)} (undecided)`;
  const ends = [low, high].map(Math.abs).toSorted((a, b) => a - b);
  const [least, most] = ends.map((end) => numberText(end, digits));
  return `${numberText(Math.abs(mean), digits)}${unitOf(score)} ` +
    `${mean > 0 ? "higher" : "lower"} (${least} to ${most})`;
}
