import { nameInText } from "../../plots/parts/name_in_text.ts";
import { escapeHtml } from "../tables/table_html.ts";

/** How many rows of a label a model takes for a class. */
export interface ConfusionCell {
  readonly label: number;
  readonly prediction: number;
  readonly count: number;
}

/** What a model takes for what. */
export interface Confusion {
  readonly name: string;
  readonly cells: readonly ConfusionCell[];
}

/** Classes that a table has room for. */
const MOST_CLASSES = 20;

/** Characters for which a head has room. */
const SHORT_NAME = 12;

/** Pairs of classes that a list has. */
const MOST_PAIRS = 20;

/** The pairs of label and prediction that occur, by label and prediction. */
export function confusionCells(
  predicted: Int32Array,
  labels: Int32Array,
): ConfusionCell[] {
  const counts = new Map<string, ConfusionCell>();
  labels.forEach((label, i) => {
    const prediction = predicted[i];
    const key = `${label} ${prediction}`;
    const count = 1 + (counts.get(key)?.count ?? 0);
    counts.set(key, { label, prediction, count });
  });
  return [...counts.values()].toSorted((a, b) =>
    a.label - b.label || a.prediction - b.prediction
  );
}

/**
 * What a model takes for what, as an HTML table: a row per label and a column per
 * prediction, hits and errors tinted by their share; for many classes the most frequent
 * errors.
 */
export function confusionTable(
  confusion: Confusion,
  classNames: readonly string[],
): string {
  const { name, cells } = confusion;
  const total = sum(cells);
  const right = sum(cells.filter(isHit));
  const many = classNames.length > MOST_CLASSES;
  const words = many
    ? "The most frequent errors."
    : "A row per label, a column per prediction.";
  return `<table class="confusion${many ? " list" : ""}"><caption>
<b>${escapeHtml(nameInText(name))}</b>: ${
    (100 * right / total).toFixed(1)
  } % right. ${words}</caption>
${
    many
      ? errorList(cells, classNames)
      : confusionMatrix(cells, classNames)
  }</table>
`;
}

function sum(cells: readonly ConfusionCell[]): number {
  return cells.reduce((all, { count }) => all + count, 0);
}

function isHit({ label, prediction }: ConfusionCell): boolean {
  return label === prediction;
}

function confusionMatrix(
  cells: readonly ConfusionCell[],
  classNames: readonly string[],
): string {
  const worst = Math.max(
    ...cells.map((cell) => isHit(cell) ? 0 : cell.count),
  );
  const rows = classNames.map((name, label) => {
    const own = cells.filter((cell) => cell.label === label);
    const numbers = classNames.map((_, prediction) => {
      const cell = own.find((cell) => cell.prediction === prediction);
      return cell === undefined
        ? "<td></td>"
        : countCell(cell, cell.count / (isHit(cell) ? sum(own) : worst));
    });
    return `<tr>${rowHead(name)}${numbers.join("")}</tr>\n`;
  });
  const heads = classNames.map((name) =>
    `<th scope="col"${whole(name)}><span>${escapeHtml(name)}</span></th>`
  );
  return `<thead><tr><td></td>${heads.join("")}</tr></thead>
<tbody>
${rows.join("")}</tbody>`;
}

function errorList(
  cells: readonly ConfusionCell[],
  classNames: readonly string[],
): string {
  const errors = cells.filter((cell) => !isHit(cell))
    .toSorted((a, b) => b.count - a.count).slice(0, MOST_PAIRS);
  const rows = errors.map((cell) =>
    `<tr>${rowHead(classNames[cell.label])}` +
    `${rowHead(classNames[cell.prediction])}` +
    `${countCell(cell, cell.count / errors[0].count)}</tr>\n`
  );
  return `<thead><tr><th scope="col">label</th><th scope="col">prediction</th>` +
    `<th scope="col">rows</th></tr></thead>\n<tbody>\n${rows.join("")}</tbody>`;
}

function rowHead(name: string): string {
  return `<th scope="row"${whole(name)}>${escapeHtml(name)}</th>`;
}

/** Shows a name as a whole to a pointer on it, if the style may cut it. */
function whole(name: string): string {
  return name.length > SHORT_NAME ? ` title="${escapeHtml(name)}"` : "";
}

function countCell(cell: ConfusionCell, share: number): string {
  const { label, prediction, count } = cell;
  const tint = `tint-${Math.ceil(10 * share)}`;
  return `<td class="${isHit(cell) ? "hit" : "miss"} ${tint}" ` +
    `data-cell="${label} ${prediction}">${count}</td>`;
}
