import { escapeHtml } from "../tables/table_html.ts";

/** Predictions of a model. */
export interface Predictions {
  readonly name: string;
  /** `[n]`, class indices. */
  readonly predicted: Int32Array;
}

/**
 * How many images of each class a model takes for each class, as an HTML table: a row
 * per label, a column per prediction; hits and errors are tinted by their share.
 *
 * @param labels `[n]`, class indices
 */
export function confusionTable(
  { name, predicted }: Predictions,
  labels: Int32Array,
  classNames: readonly string[],
): string {
  const counts = confusionCounts(predicted, labels, classNames.length);
  const right = counts.reduce((sum, row, k) => sum + row[k], 0);
  const worst = Math.max(
    ...counts.flatMap((row, k) => row.filter((_, j) => j !== k)),
  );
  const heads = classNames.map((title) =>
    `<th scope="col"><span>${escapeHtml(title)}</span></th>`
  );
  const rows = counts.map((row, label) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    const cells = row.map((count, prediction) =>
      cell(count, label === prediction, {
        share: count / (label === prediction ? total : worst),
        at: `${label} ${prediction}`,
      })
    );
    return `<tr><th scope="row">${escapeHtml(classNames[label])}</th>` +
      `${cells.join("")}</tr>\n`;
  });
  const share = (100 * right / labels.length).toFixed(1);
  return `<table class="confusion"><caption><b>${escapeHtml(name)}</b>:
${share} % right. A row per label, a column per prediction.</caption>
<thead><tr><td></td>${heads.join("")}</tr></thead>
<tbody>
${rows.join("")}</tbody></table>
`;
}

function cell(
  count: number,
  hit: boolean,
  { share, at }: { readonly share: number; readonly at: string },
): string {
  if (count === 0) return "<td></td>";
  return `<td class="${hit ? "hit" : "miss"}" data-cell="${at}" ` +
    `style="--share:${share.toFixed(2)}">${count}</td>`;
}

/** `[label][prediction]`: the number of rows of a label with a prediction. */
export function confusionCounts(
  predicted: Int32Array,
  labels: Int32Array,
  classes: number,
): number[][] {
  const counts = Array.from(
    { length: classes },
    () => new Array<number>(classes).fill(0),
  );
  labels.forEach((label, i) => counts[label][predicted[i]]++);
  return counts;
}
