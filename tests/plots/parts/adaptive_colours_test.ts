import assert from "node:assert/strict";
import {
  adaptiveColours,
  DARK_PAPER,
  darkColour,
} from "../../../lib/plots/parts/adaptive_colours.ts";
import {
  CLASS_COLOURS,
  INK,
  METHOD_COLOURS,
  MUTED,
  PAPER,
} from "../../../lib/plots/parts/theme.ts";

/** Luminance as WCAG 2 defines it. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((i) => {
    const value = parseInt(hex.slice(i, i + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

Deno.test("text and marks have a contrast of 4.5 to 1 on dark paper", () => {
  const marks = [...Object.values(METHOD_COLOURS), ...CLASS_COLOURS];
  for (const hex of [INK, MUTED, ...marks]) {
    const dark = darkColour(hex);
    assert.ok(contrast(dark, DARK_PAPER) >= 4.5, `${hex} becomes ${dark}`);
  }
});

Deno.test("no two methods share a colour on dark paper", () => {
  const dark = Object.values(METHOD_COLOURS).map(darkColour);
  assert.equal(new Set(dark).size, dark.length);
});

Deno.test("a scale from pale to strong stays in order on dark paper", () => {
  const steps = ["#d8e1ee", "#b0bfd8", "#859bc0", "#4f6ea3"];
  const dark = steps.map((hex) => contrast(darkColour(hex), DARK_PAPER));
  assert.deepEqual(dark, dark.toSorted((a, b) => a - b));
});

Deno.test("the dark paper is that of the pages", async () => {
  const css = await Deno.readTextFile(
    new URL("../../../lib/reports/pages/page.css", import.meta.url),
  );
  const [, dark] = css.split("prefers-color-scheme: dark");
  assert.match(dark, new RegExp(`--paper: ${DARK_PAPER};`));
});

Deno.test("adaptiveColours() defines each pair once, at the root", () => {
  const svg = `<svg style="height:auto"><rect fill="${PAPER}"/>` +
    `<path fill="none" stroke="rgb(34, 34, 34)"/>` +
    `<text fill="${INK}">fill</text></svg>`;
  assert.equal(
    adaptiveColours(svg),
    `<svg style="--cffffff:light-dark(#ffffff,${DARK_PAPER});` +
      `--c222222:light-dark(#222222,${darkColour(INK)});height:auto">` +
      `<rect fill="var(--cffffff)"/>` +
      `<path fill="none" stroke="var(--c222222)"/>` +
      `<text fill="var(--c222222)">fill</text></svg>`,
  );
});
