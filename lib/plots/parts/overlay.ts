import { nameInText } from "./name_in_text.ts";
import { shortenMiddle, textWidth } from "./text_width.ts";
import {
  type Drawing,
  drawLegend,
  drawText,
  type LegendItem,
  stack,
} from "./drawing.ts";
import { type SymbolName, SYMBOLS } from "./symbols.ts";
import { METHOD_COLOURS, TEXT_SIZE } from "./theme.ts";

/** Width of a chart that lays models over each other: that of a phone's screen. */
export const OVERLAY_WIDTH = 400;

/** Sides of such a chart, so that charts above each other have the same x. */
export const OVERLAY_SIDES = {
  width: OVERLAY_WIDTH,
  marginLeft: 58,
  marginRight: 14,
};

/** Colour and symbol of one of the models, the same in all charts of a page. */
export interface OverlayStyle {
  readonly colour: string;
  readonly symbol: SymbolName;
}

/**
 * Colours for models over each other: those of M. Okabe and K. Ito, "Color Universal
 * Design", 2008, with the light ones darkened to a contrast of 3 to 1 on white. Symbols
 * differ too.
 */
const COLOURS: readonly string[] = [
  "#222222",
  "#d55e00",
  "#0072b2",
  "#007e5b",
  "#b0508a",
  "#8c6d00",
];

/** The style of the model at a position. */
export function overlayStyle(position: number): OverlayStyle {
  return {
    colour: COLOURS[position % COLOURS.length],
    symbol: SYMBOLS[position % SYMBOLS.length],
  };
}

/**
 * The style of a model at a position: that of the position, in the fixed colour of its
 * method if it has one.
 */
export function methodStyle(
  method: string | undefined,
  position: number,
): OverlayStyle {
  const style = overlayStyle(position);
  return method !== undefined && Object.hasOwn(METHOD_COLOURS, method)
    ? { ...style, colour: METHOD_COLOURS[method] }
    : style;
}

/** The name of one of the models, and a number about it. */
export interface OverlayLabel {
  readonly label: string;
  /** Printed after the name, such as "ECE 5.50 %". */
  readonly note?: string;
  /** Colour and symbol (those of its place in the chart). */
  readonly style?: OverlayStyle;
}

/** A model with its style. */
export type Styled<Model extends OverlayLabel> = Model & {
  readonly style: OverlayStyle;
};

/** Models with a style each. */
export function withStyles<Model extends OverlayLabel>(
  models: readonly Model[],
): Styled<Model>[] {
  return models.map((model, i) => ({ style: overlayStyle(i), ...model }));
}

/** A chart below its title and a legend of its models. */
export function overlayFrame(
  title: string | undefined,
  models: readonly Styled<OverlayLabel>[],
  charts: readonly Drawing[],
  others: readonly LegendItem[] = [],
): Drawing {
  const width = OVERLAY_WIDTH;
  const names = models.map((model): LegendItem => (
    { label: shortLabel(model), ...model.style }
  ));
  return stack([
    ...title === undefined ? [] : [drawText(title, { width, bold: true })],
    drawLegend([...names, ...others], width),
    ...charts,
  ], 4);
}

/** Room for a symbol beside a text of the legend. */
const SYMBOL_ROOM = 34;

/** Name and note on one line: a long name loses its middle. */
function shortLabel({ label, note }: OverlayLabel): string {
  const end = note === undefined ? "" : `: ${note}`;
  const room = OVERLAY_WIDTH - SYMBOL_ROOM - textWidth(end, TEXT_SIZE);
  return nameInText(shortenMiddle(label, room, TEXT_SIZE)) + end;
}

/** Names and notes in words. */
export function labelsInWords(models: readonly OverlayLabel[]): string {
  return models.map(({ label, note }) =>
    note === undefined ? nameInText(label) : `${nameInText(label)}: ${note}`
  ).join(", ");
}
