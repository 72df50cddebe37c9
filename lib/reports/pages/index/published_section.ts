import { capitalised } from "../../tables/capitalised.ts";
import { slopeChart } from "../../../plots/slope_chart.ts";
import { figureHtml } from "./figure_html.ts";
import type { IndexContent } from "./index_content.ts";
import type { Direction } from "./index_data.ts";
import { digitsOf, scoreName, unitOf } from "./wording.ts";

const SCORES = ["log loss", "ECE, %", "accuracy, %"];

/** Published differences from plain training against ours, as slope charts. */
export function publishedSection({ data }: IndexContent): string {
  const { directions } = data;
  const panels = SCORES.flatMap((score) => {
    const rows = directions.filter((row) =>
      row.score === score && !row.scaled && row.difference.endsWith(" − ce")
    );
    return rows.length === 0 ? [] : [slopes(score, rows)];
  });
  if (panels.length === 0) return "";
  return `<p>How far each method is from plain training, in the study and here. The
levels themselves must differ, because the networks and the amounts of data do; the
table "Published levels and ours" has them. Plain training is the line at 0.</p>
<div class="panels">\n${panels.join("")}</div>\n`;
}

function slopes(score: string, rows: readonly Direction[]): string {
  const name = scoreName(score);
  const { svg } = slopeChart(
    [
      { method: "ce", pairs: [[0, 0]] },
      ...rows.map(({ difference, published, ours }) => (
        {
          method: difference.split(" − ")[0],
          pairs: [[published, ours]] as const,
        }
      )),
    ],
    {
      sides: ["study", "here"],
      score: `${name} minus plain training${unitOf(score) ? ", points" : ""}`,
      digits: digitsOf(score),
      title: capitalised(name),
    },
  );
  return figureHtml(
    { svg },
    `${name} as trained: published and measured here.`,
  );
}
