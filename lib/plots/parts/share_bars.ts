import { nameRoom } from "./axes.ts";
import type { Drawing } from "./drawing.ts";
import { escapeXml } from "./serialize.ts";
import { shareText } from "./target_bars.ts";
import { FONT, INK } from "./theme.ts";

/** A named share of a distribution. */
export interface Share {
  readonly name: string;
  /** In [0, 1]. */
  readonly value: number;
  readonly colour: string;
  /** Whether the name is in bold (false). */
  readonly bold?: boolean;
}

const ROW = 17;
const LENGTH = 58;
const SIZE = 11;

/** Shares as horizontal bars on a scale from 0 to 1, without an axis. */
export function shareBars(shares: readonly Share[]): Drawing {
  const { short, room } = nameRoom(shares.map(({ name }) => name), 72);
  const start = room + 6;
  const rows = shares.map(({ value, colour, bold }, i) => {
    const look = `y="${i * ROW + 12.5}"${bold ? ' font-weight="bold"' : ""}`;
    return `<text x="${room}" ${look} text-anchor="end">` +
      `${escapeXml(short[i])}</text>` +
      `<rect x="${start}" y="${i * ROW + 3}" width="${LENGTH * value}" ` +
      `height="${ROW - 5}" fill="${colour}"/>` +
      `<text x="${start + LENGTH * value + 5}" ${look}>` +
      `${escapeXml(shareText(value))}</text>`;
  });
  const height = shares.length * ROW;
  const markup = `<g fill="${INK}" font-family="${FONT}" font-size="${SIZE}">` +
    rows.join("") +
    `<path d="M${start},0v${height}" stroke="${INK}"/></g>`;
  return { markup, width: start + LENGTH + 46, height };
}
