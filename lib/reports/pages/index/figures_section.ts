import { reliabilityExplorer } from "./explorer_section.ts";
import { figureHtml } from "./figure_html.ts";
import { imagesExplorer, TSNE, TSNE_CAPTION } from "./images_section.ts";
import type { IndexContent, IndexFigure } from "./index_content.ts";
import { escapeHtml } from "../../tables/table_html.ts";

/** Figures that are explained, in the order of the page. */
const CAPTIONS: Readonly<Record<string, string>> = {
  "04-reliability-bands": "Does confidence match accuracy? On the dashed " +
    "line it would; the bands are 95 % intervals of bootstrap resamples, the " +
    "bars below count the predictions. As trained.",
  "04-reliability": "Does confidence match accuracy? Bars on the diagonal " +
    "would be perfect; the numbers count the predictions. As trained.",
  "04-reliability-scaled": "The same after temperature scaling.",
  "04-temperature": "Log loss on validation images against the temperature " +
    "that divides the logits. A minimum above 1 means overconfidence.",
  "07-accuracy-ece": "Accuracy against calibration error, a point per seed.",
  "04-risk-coverage": "Error rate among the most confident predictions, " +
    "against the share of predictions kept.",
  "04-gallery":
    "Test images on which the methods differ most: the probability " +
    "that each gives to the true class.",
  "05-teacher-student": "Accuracy of teachers and of the students that were " +
    "distilled from them; thin lines are single seeds.",
  "06-tsne": TSNE_CAPTION,
  "08-regions":
    "Synthetic data, where the truth is known: what networks make " +
    "of 150 points, next to the true regions.",
  "08-best-epsilon": "The best amount of smoothing against the true " +
    "probability of the class, here and as the study fits it.",
  "08-surface": "Log loss over the two numbers of the quadratic amount.",
  "09-headline-1-log-loss-over-scaled-ce": "When it helps: the gain in log " +
    "loss over scaled plain training in each situation, against how " +
    "overconfident plain training is. Above 0 is better.",
};

/** Figures that are shown only if a better one was not saved. */
const REPLACED: Readonly<Record<string, string>> = {
  "04-reliability": "04-reliability-bands",
  "04-reliability-scaled": "04-reliability-bands",
};

/** Figures that other sections show. */
const ELSEWHERE = ["02-confusing", "02-idea", "02-process"];

/** The figures worth a look, and links to all others. */
export function figuresSection(content: IndexContent): string {
  const { figures, files } = content;
  const named = (name: string | undefined) =>
    figures.find((figure) => figure.name === name);
  const chosen = Object.entries(CAPTIONS).filter(([name]) =>
    named(REPLACED[name]) === undefined
  );
  const inExplorer = (name: string) =>
    name === TSNE && content.looked !== undefined;
  const shown = chosen.flatMap(([name, caption]) => {
    const found = named(name);
    return found === undefined || inExplorer(name)
      ? []
      : [figureHtml(found, captionOf(found, caption))];
  });
  const used = [...chosen.map(([name]) => name), ...ELSEWHERE];
  const rest = files.filter((path) => path.startsWith("figures/"))
    .filter((path) => !used.some((name) => path === `figures/${name}.svg`));
  const explorers = reliabilityExplorer(content) + imagesExplorer(content);
  if (shown.length + rest.length === 0 && explorers === "") return "";
  return `<div class="panels wide">\n${shown.join("")}</div>\n${explorers}${
    moreFigures(rest)
  }`;
}

/** A figure of another profile says so. */
function captionOf({ path }: IndexFigure, caption: string): string {
  const [, profile] = /^\.\.\/([^/]+)\//.exec(path) ?? [];
  return profile === undefined ? caption : `${caption} From ${profile}.`;
}

function moreFigures(paths: readonly string[]): string {
  if (paths.length === 0) return "";
  const items = paths.map((path) => {
    const name = path.replace(/^figures\/|\.svg$/g, "");
    return `<li><a href="${escapeHtml(path)}">${escapeHtml(name)}</a></li>`;
  });
  return `<details class="fold links"><summary>${paths.length} more figures</summary>
<ul class="files">\n${items.join("\n")}\n</ul></details>\n`;
}
