import { decimalText } from "../../tables/decimal_text.ts";
import { capitalised } from "../../tables/capitalised.ts";
import { escapeHtml } from "../../tables/table_html.ts";
import { SCALED_CE } from "../../../study/scaled_rival.ts";
import { type IndexContent, isConclusive } from "./index_content.ts";
import type { Setting } from "./index_data.ts";
import { type Term, term } from "./glossary.ts";
import { differenceOf, methodsIn } from "./differences.ts";
import { judge, type Verdict } from "./verdict.ts";
import {
  countGains,
  type Counts,
  judgeClaims,
  judgeGains,
} from "./verdict_counts.ts";
import {
  digitsOf,
  intervalText,
  mainMethod,
  plainName,
  scoreName,
} from "./wording.ts";

/** The box at the top: what follows from the numbers, or that nothing does. */
export function verdictBox(content: IndexContent): string {
  if (!isConclusive(content)) {
    return `<div class="verdict bad" role="note"><p class="headline">This is a
check on a few images and epochs: nothing follows from its numbers.</p>
<p>It shows that everything runs, and gives no verdicts.</p></div>\n`;
  }
  const { settings, gains, claims } = content.data;
  const verdict = judge(settings) ?? judgeGains(gains) ?? judgeClaims(claims);
  if (verdict === undefined) {
    return `<div class="verdict undecided"><p class="headline">No verdict: this
profile has no method that smooths by instance next to a rival.</p></div>\n`;
  }
  return boxHtml(verdict);
}

function boxHtml({ tone, answer, headline, sentences }: Verdict): string {
  const items = sentences.map((text) => `<li>${escapeHtml(text)}</li>`);
  return `<div class="verdict ${tone}">
<p class="question">Should I use instance-based label smoothing here?
<b>${answer}.</b></p>
<p class="headline">${escapeHtml(headline)}</p>
${items.length === 0 ? "" : `<ul>\n${items.join("\n")}\n</ul>\n`}</div>\n`;
}

/** The three scores that a reader sees first. */
const SCORES = [
  {
    score: "log loss",
    key: "logLoss",
    factor: 1,
    better: "lower",
    word: "logloss",
  },
  { score: "ECE, %", key: "ece", factor: 100, better: "lower", word: "ece" },
  {
    score: "accuracy, %",
    key: "accuracy",
    factor: 100,
    better: "higher",
    word: "accuracy",
  },
] as const satisfies readonly { word: Term; [key: string]: unknown }[];

/** The rivals by how hard they are to beat, and their names on a card. */
const RIVALS = [SCALED_CE, "ls", "ce"];
const SHORT: Readonly<Record<string, string>> = {
  [SCALED_CE]: "plain training, scaled",
  ls: "label smoothing, tuned",
  ce: "plain training",
};

/** Log loss, ECE and accuracy against three rivals; empty without them. */
export function numberCards(content: IndexContent): string {
  if (!isConclusive(content)) return "";
  const { settings: [first], gains } = content.data;
  const method = first && mainMethod(methodsIn(first));
  if (method !== undefined) {
    return `<div class="cards">\n${
      SCORES.map((style) =>
        differenceCard(content, first, { method, ...style })
      )
        .join("")
    }</div>\n<p class="note">${escapeHtml(plainName(method))} minus each rival,
mean over ${first.differences[0].n} ${term("seed", "seeds")} with 95 %
${term("interval", "intervals")}, in points for ECE and accuracy; ${
      escapeHtml(first.name)
    }.</p>\n`;
  }
  const counted = mainMethod(gains.map(({ method }) => method));
  return counted === undefined ? "" : gainCards(content, counted);
}

type Style = typeof SCORES[number];

function differenceCard(
  { data: { results } }: IndexContent,
  setting: Setting,
  { method, score, key, factor, better, word }: Style & { method: string },
): string {
  const own = results.find((row) => row.method === method && !row.scaled);
  const digits = digitsOf(score);
  const value = own === undefined
    ? ""
    : `<p class="value">${decimalText(factor * own[key], digits)}` +
      `${factor === 100 ? " %" : ""}</p>`;
  const rows = RIVALS.flatMap((rival) => {
    const found = differenceOf(setting, { method, rival, score });
    if (found === undefined) return [];
    return `<li class="${toneOf(found.verdict)}">${rivalHtml(rival)}
<span>${escapeHtml(intervalText(found, digits))}</span>
<span class="call">${found.verdict}</span></li>`;
  });
  return cardHtml(word, score, {
    note: `${better} is better`,
    body: `${value}<ul class="against">\n${rows.join("\n")}\n</ul>`,
  });
}

/** In how many situations the method is better, undecided and worse. */
function gainCards({ data: { gains } }: IndexContent, method: string): string {
  const cards = SCORES.map(({ score, word }) => {
    const rows = RIVALS.flatMap((rival) => {
      const counts = countGains(gains, { method, rival, score });
      return counts.all === 0
        ? []
        : [`<li>${rivalHtml(rival)}\n${countBar(counts)}</li>`];
    });
    return cardHtml(word, score, {
      note: "number of situations",
      body: `<ul class="against">\n${rows.join("\n")}\n</ul>`,
    });
  });
  return `<div class="cards">\n${cards.join("")}</div>
<p class="note">${escapeHtml(plainName(method))} in each situation, by the 95 %
${term("interval", "interval")} of its paired differences.</p>\n`;
}

/** The counts as parts of one bar; a verdict that never occurs is left out. */
function countBar({ better, undecided, worse }: Counts): string {
  const parts = [
    ["good", "better", better],
    ["open", "undecided", undecided],
    ["bad", "worse", worse],
  ] as const;
  return `<span class="bar-of-counts">${
    parts.filter(([, , count]) => count > 0).map(([tone, word, count]) =>
      `<span class="${tone}" style="flex-grow:${count}">${count} ${word}</span>`
    ).join("")
  }</span>`;
}

function rivalHtml(rival: string): string {
  return `<span class="rival">against ${escapeHtml(SHORT[rival])}</span>`;
}

function cardHtml(
  word: Term,
  score: string,
  { note, body }: { readonly note: string; readonly body: string },
): string {
  return `<section class="card"><h2>${
    term(word, capitalised(scoreName(score)))
  } <small>${note}</small></h2>\n${body}</section>\n`;
}

function toneOf(verdict: string): string {
  return verdict === "better" ? "good" : verdict === "worse" ? "bad" : "open";
}
