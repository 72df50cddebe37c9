/** Sentences about regimes, made from the numbers. */
import type { Advice } from "../../study/regimes/advice.ts";
import type { PlainRow } from "../../study/regimes/cell.ts";
import { cellNames } from "../../study/regimes/cell_key.ts";
import type { GainScore, GainSummary } from "../../study/regimes/gains.ts";
import {
  RULE_FEATURES,
  type RuleCell,
  type RuleSpread,
  type RuleTest,
} from "../../study/regimes/rule.ts";
import { scoreTitle } from "./score_styles.ts";

/** The range of the fitted temperatures of plain training over cells. */
export function plainSentence(rows: readonly PlainRow[]): string {
  const sorted = rows.toSorted((a, b) => a.temperature - b.temperature);
  const [least, most] = [sorted[0], sorted.at(-1)!];
  const text = (row: PlainRow) =>
    `${row.temperature.toFixed(2)} (${cellNames([row])})`;
  const over = rows.filter(({ temperature }) => temperature > 1).length;
  return `Plain training is overconfident on its validation images in ${over} ` +
    `of ${rows.length} situations; its mean fitted temperature ranges from ` +
    `${text(least)} to ${text(most)}.`;
}

/**
 * In how many cells a method is better than each rival on average, and in how many
 * the interval decides for it and against it.
 */
export function gainSentence(
  summaries: readonly GainSummary[],
  { method, score }: { readonly method: string; readonly score: GainScore },
): string {
  const parts = summaries
    .filter((own) => own.method === method && own.score === score)
    .map(({ rival, cells, ahead, better, worse }) =>
      `${rival} in ${ahead} of ${cells} (${better} decided for it, ${worse} ` +
      "against)"
    );
  return `Situations in which ${method} has the better mean ` +
    `${scoreTitle(score)}: against ${parts.join(", ")}.`;
}

/** The hit rate of a rule on unseen cells, and how much depends on the half. */
export function ruleSentence(test: RuleTest, spread: RuleSpread): string {
  const { method, rival, tested, testedCells, hitRate, majorityHitRate } = test;
  const hits = (rate: number) =>
    `${Math.round(rate * tested)} (${percent(rate)})`;
  return `Which of ${method} and ${rival} has the lower log loss: the rule is ` +
    `right for ${
      hits(hitRate)
    } of ${tested} networks in ${testedCells} unseen ` +
    `situations; always guessing ${test.majority ? method : rival}, the ` +
    `majority of the others, for ${hits(majorityHitRate)}. Over ` +
    `${spread.halves} random halves the rates are ${percent(spread.hitRate)} ` +
    `and ${percent(spread.majorityHitRate)}, and the rule has more hits in ` +
    `${percent(spread.ahead)} of them.`;
}

/** What speaks for the method of a rule. */
export function ruleWeightsSentence(
  { method, rival, model }: RuleTest,
): string {
  if (model === null) {
    return `For ${method} and ${rival} the rule is constant: the same one has the ` +
      "lower log loss in all situations that it was fitted on.";
  }
  const parts = RULE_FEATURES.map((feature, j) =>
    `${signed(model.weights[j])} for the ${feature}`
  );
  return `Log odds of ${method} against ${rival} per standard deviation: ` +
    `${parts.join(", ")}.`;
}

/** The unseen cells in which a rule is wrong for at least one network. */
export function ruleFailuresSentence(
  { method, rival, cells }: RuleTest,
): string {
  const wrong = cells.filter(({ hits, n }) => hits < n);
  const start =
    `The rule for ${method} and ${rival} is wrong for some network ` +
    `in ${wrong.length} of ${cells.length} unseen situations`;
  if (wrong.length === 0) return `${start}.`;
  const undecided = wrong.filter((cell) => !isDecided(cell)).length;
  const texts = wrong.map((cell) =>
    `${
      cellNames([cell])
    } (predicts ${cell.predicted}, right for ${cell.hits} ` +
    `of ${cell.n})`
  );
  return `${start} (${undecided} undecided): ${texts.join("; ")}.`;
}

function isDecided({ low, high }: RuleCell): boolean {
  return (low ?? 0) > 0 || (high ?? 0) < 0;
}

/**
 * Which method to use in which situations: one sentence per method, with what it
 * leaves to the method of the lowest log loss.
 */
export function adviceSentences(rows: readonly Advice[]): string[] {
  const groups = [...Map.groupBy(rows, ({ use }) => use)]
    .toSorted(([, a], [, b]) => a[0].networks - b[0].networks);
  return groups.map(([use, own]) => {
    const gaps = own.filter(({ best }) => best !== use)
      .map(({ logLoss, bestLogLoss }) => logLoss - bestLogLoss);
    const left = gaps.length === 0
      ? ""
      : ` In ${gaps.length} of them another method's log loss is lower by ` +
        `${rangeText(gaps)}, undecided.`;
    return `Use ${use} in ${own.length} of ${rows.length} situations: ` +
      `${cellNames(own)}.${left}`;
  });
}

/**
 * Which methods have the lowest log loss, and by how much they beat plain training
 * with temperature scaling.
 */
export function advantageSentence(rows: readonly Advice[]): string {
  const counts = [...Map.groupBy(rows, ({ best }) => best)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([best, own]) => `${best} in ${own.length}`);
  const gains = rows.filter(({ low }) => low !== null && low > 0)
    .map(({ gain }) => gain!);
  return `Lowest mean log loss in ${rows.length} situations: ` +
    `${counts.join(", ")}. It beats scaled ce by more than its 95 % interval ` +
    `in ${gains.length} of them` +
    (gains.length === 0 ? "." : `, by ${rangeText(gains)}.`);
}

/** "0.041 to 0.180". */
function rangeText(values: readonly number[]): string {
  const ends = [Math.min(...values), Math.max(...values)];
  return [...new Set(ends.map((end) => end.toFixed(3)))].join(" to ");
}

function percent(rate: number): string {
  return `${Math.round(100 * rate)} %`;
}

function signed(value: number): string {
  return (value < 0 ? "−" : "+") + Math.abs(value).toFixed(2);
}
