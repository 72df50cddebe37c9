import { capitalised } from "../../tables/capitalised.ts";
import { escapeHtml } from "../../tables/table_html.ts";
import {
  type Claim,
  CLAIM_ORDER,
  claimCounts,
  directionClaims,
  syntheticClaims,
} from "./claims.ts";
import { type IndexContent, isConclusive } from "./index_content.ts";

const MARKS: Readonly<Record<Claim["verdict"], readonly [string, string]>> = {
  reproduced: ["good", "✓"],
  "not reproduced": ["bad", "✗"],
  undecided: ["open", "?"],
};

/** The study as a card, with its claims as chips. */
export function studySection(content: IndexContent): string {
  const { directions, claims } = content.data;
  const judged = isConclusive(content)
    ? [...directionClaims(directions), ...syntheticClaims(claims)]
    : [];
  return `<div class="card study">
<p class="paper"><a href="https://arxiv.org/abs/2110.05355"><b>Instance-based Label
Smoothing For Better Calibrated Classification Networks</b></a><br>
Mohamed Maher and Meelis Kull, 2021,
<a href="https://arxiv.org/abs/2110.05355">arXiv 2110.05355</a>,
<a href="https://github.com/mmaher22/Instance-based-label-smoothing">code on
GitHub</a></p>
${
    judged.length === 0
      ? ""
      : claimsHtml(judged, directions.length > 0)
  }</div>\n`;
}

function claimsHtml(claims: readonly Claim[], isImages: boolean): string {
  const lists = CLAIM_ORDER.map((verdict) => {
    const own = claims.filter((claim) => claim.verdict === verdict);
    if (own.length === 0) return "";
    return `<h3>${capitalised(verdict)}: ${own.length}</h3>
<ul class="chips">\n${own.map(chip).join("\n")}\n</ul>\n`;
  });
  return `<p>Of its ${claims.length} claims, the networks here give:
${claimCounts(claims)}. A claim is reproduced if the 95 % interval of our paired
difference excludes 0 on the published side, ${
    isImages
      ? `and not reproduced if it excludes 0 on the other side. The study trained a
larger network on all images, three times; some of its differences are smaller than
their spread.`
      : `and not reproduced if it excludes the published difference instead;
undecided if it contains both.`
  }</p>\n${lists.join("")}`;
}

function chip({ text, verdict, numbers }: Claim): string {
  const [tone, mark] = MARKS[verdict];
  return `<li class="chip ${tone}" tabindex="0" data-tip="${
    escapeHtml(numbers)
  }"><span aria-hidden="true">${mark}</span> ${
    escapeHtml(text)
  } <small class="unseen">(${escapeHtml(numbers)})</small></li>`;
}
