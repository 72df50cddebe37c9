import { type Drawing, drawText, grid, stack } from "./drawing.ts";
import { escapeXml } from "./serialize.ts";
import { FONT, INK, MUTED, PAPER } from "./theme.ts";

/** A step of a flow diagram. */
export interface FlowBox {
  readonly title: string;
  readonly text: string;
  /** Drawn right of the text, or below it in a box of half the width. */
  readonly figure?: Drawing;
  /** Printed next to the arrow that leads to the box. */
  readonly incoming?: string;
}

/** Numbered part of a flow diagram, on a background of its own. */
export interface FlowSection {
  readonly title: string;
  readonly colour: string;
  readonly background: string;
  /** One or two boxes per row; arrows lead from each row to the next. */
  readonly rows: readonly (readonly FlowBox[])[];
  /** Printed next to the arrow that leads to the section. */
  readonly incoming?: string;
}

const PADDING = 10;
const GAP = 10;
const ARROW = 24;
const HEAD = 7;

/** A flow diagram from top to bottom, in which all arrows are vertical. */
export function drawFlow(
  sections: readonly FlowSection[],
  width: number,
): Drawing {
  const parts = sections.flatMap((section, i) => {
    const drawn = drawSection(section, i + 1, width);
    if (i === 0) return [drawn];
    const arrow = { x: width / 2, label: section.incoming };
    return [drawArrows([arrow], width), drawn];
  });
  return stack(parts);
}

/** Vertical arrows at the given places, each with a label to its right. */
function drawArrows(
  arrows: readonly { x: number; label?: string | undefined }[],
  width: number,
): Drawing {
  const markup = arrows.map(({ x, label }) => {
    const neck = ARROW - HEAD;
    const line = `<path d="M${x},0V${neck}" stroke="${INK}" ` +
      `stroke-width="1.5"/><path d="M${x - 5},${neck}h10L${x},${ARROW}Z" ` +
      `fill="${INK}"/>`;
    if (!label) return line;
    return line + `<text x="${x + 10}" y="${ARROW / 2 + 4}" fill="${MUTED}" ` +
      `font-size="11">${escapeXml(label)}</text>`;
  }).join("");
  return {
    markup: `<g font-family="${FONT}">${markup}</g>`,
    width,
    height: ARROW,
  };
}

function drawSection(
  { title, colour, background, rows }: FlowSection,
  number: number,
  width: number,
): Drawing {
  const inner = width - 2 * PADDING;
  const steps = rows.flatMap((row, i) => {
    const drawn = drawRow(row, colour, inner);
    return i === 0 ? [drawn] : [arrowsBetween(rows[i - 1], row, inner), drawn];
  });
  const content = stack([
    drawHeading(`${number}`, title, { colour, width: inner }),
    ...steps,
  ]);
  return onPaper(content, { width, fill: background, radius: 9 });
}

/** The number of a section in a disc, and its title. */
function drawHeading(
  number: string,
  title: string,
  { colour, width }: { colour: string; width: number },
): Drawing {
  const text = drawText(title, {
    width: width - 28,
    size: 13,
    bold: true,
    colour,
  });
  const markup = `<circle cx="10" cy="9" r="10" fill="${colour}"/>` +
    `<text x="10" y="13" fill="${PAPER}" font-family="${FONT}" ` +
    `font-size="12" font-weight="bold" text-anchor="middle">${number}</text>` +
    at(text, 28, 0);
  return { markup, width, height: text.height + 12 };
}

/** Arrows between two rows: as many as the longer one has boxes. */
function arrowsBetween(
  before: readonly FlowBox[],
  after: readonly FlowBox[],
  width: number,
): Drawing {
  const count = Math.max(before.length, after.length);
  const size = boxWidth(count, width);
  const arrows = Array.from({ length: count }, (_, i) => ({
    x: i * (size + GAP) + size / 2,
    label: after.length === count ? after[i].incoming : undefined,
  }));
  return drawArrows(arrows, width);
}

function boxWidth(count: number, width: number): number {
  return (width - (count - 1) * GAP) / count;
}

/** Boxes next to each other, of the same width and height. */
function drawRow(
  row: readonly FlowBox[],
  colour: string,
  inner: number,
): Drawing {
  const width = boxWidth(row.length, inner);
  const contents = row.map((box) => drawContent(box, width - 2 * PADDING));
  const height = Math.max(...contents.map((content) => content.height));
  const boxes = contents.map((content) =>
    onPaper({ ...content, height }, {
      width,
      fill: PAPER,
      radius: 6,
      stroke: colour,
    })
  );
  return grid(boxes, { columns: row.length, gap: GAP });
}

/** Text and figure of a box, side by side in a wide one. */
function drawContent({ title, text, figure }: FlowBox, width: number): Drawing {
  const wide = figure && width - figure.width > 110;
  const room = wide ? width - figure.width - 14 : width;
  const words = stack([
    drawText(title, { width: room, bold: true }),
    drawText(text, { width: room }),
  ], 3);
  if (!figure) return words;
  if (!wide) return stack([words, figure], 8);
  const height = Math.max(words.height, figure.height);
  const markup = at(words, 0, (height - words.height) / 2) +
    at(figure, width - figure.width, (height - figure.height) / 2);
  return { markup, width, height };
}

/** A drawing on a rounded rectangle with a padding on all sides. */
function onPaper(
  drawing: Drawing,
  { width, fill, radius, stroke }: {
    width: number;
    fill: string;
    radius: number;
    stroke?: string;
  },
): Drawing {
  const height = drawing.height + 2 * PADDING;
  const edge = stroke ? ` stroke="${stroke}" stroke-width="1.2"` : "";
  const markup = `<rect width="${width}" height="${height}" rx="${radius}" ` +
    `fill="${fill}"${edge}/>${at(drawing, PADDING, PADDING)}`;
  return { markup, width, height };
}

function at({ markup }: Drawing, x: number, y: number): string {
  return `<g transform="translate(${x},${y})">${markup}</g>`;
}
