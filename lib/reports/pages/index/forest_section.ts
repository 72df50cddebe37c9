import { capitalised } from "../../tables/capitalised.ts";
import { forestPlot } from "../../../plots/forest_plot.ts";
import { SCALED_CE } from "../../../study/scaled_rival.ts";
import { figureHtml } from "./figure_html.ts";
import { type IndexContent, isConclusive } from "./index_content.ts";
import type { Setting } from "./index_data.ts";
import { differenceOf, methodsIn } from "./differences.ts";
import { digitsOf, scoreName, unitOf } from "./wording.ts";
import { escapeHtml } from "../../tables/table_html.ts";

const RIVALS = [
  [SCALED_CE, "minus scaled plain training"],
  ["ls", "minus label smoothing"],
  ["ce", "minus plain training"],
] as const;

const SCORES = [
  { score: "log loss", better: "lower" },
  { score: "ECE, %", better: "lower" },
  { score: "accuracy, %", better: "higher" },
  { score: "AURC, %", better: "lower" },
] as const;

/** Every paired difference as a forest plot, one panel per score. */
export function forestSection(content: IndexContent): string {
  const { settings } = content.data;
  if (!isConclusive(content) || settings.length === 0) return "";
  const [first, ...others] = settings.map((setting) =>
    `<div class="panels">\n${forestPanels(setting)}</div>\n`
  );
  return `<p>Each dot is the mean difference between two methods over the seeds, and
its line the 95 % interval. On the shaded side the method is better than its rival;
where the line crosses 0, these seeds do not decide. Scaling does not change accuracy,
so plain training counts once there.</p>\n<h3>${
    escapeHtml(settings[0].name)
  }</h3>\n${first}${
    others.map((panels, i) =>
      `<details class="fold"><summary>${
        escapeHtml(settings[i + 1].name)
      }</summary>\n${panels}</details>\n`
    ).join("")
  }`;
}

function forestPanels(setting: Setting): string {
  const methods = methodsIn(setting);
  return SCORES.flatMap(({ score, better }) => {
    const rivals = RIVALS.filter(([rival]) =>
      !(rival === SCALED_CE && score === "accuracy, %")
    );
    const groups = rivals.map(([rival, title]) => ({
      title,
      rows: methods.flatMap((method) => {
        const found = differenceOf(setting, { method, rival, score });
        if (found === undefined) return [];
        const { mean, low, high } = found;
        return { method, mean, low, high };
      }),
    })).filter(({ rows }) => rows.length > 0);
    if (groups.length === 0) return [];
    const name = scoreName(score);
    const { svg } = forestPlot(groups, {
      metric: `difference in ${name}${unitOf(score) ? ", points" : ""}`,
      better,
      digits: digitsOf(score),
      title: capitalised(name),
    });
    return figureHtml(
      { svg },
      `${name}, ${setting.name}: ${better} is better.`,
    );
  }).join("");
}
