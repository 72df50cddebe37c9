import assert from "node:assert/strict";
import type { Figure } from "../../lib/plots/parts/render.ts";

const UPDATE = Deno.args.includes("--update");

/**
 * Tests a figure: Plot prints no warning, the SVG is well-formed and
 * self-contained, and it equals `snapshots/<name>.svg`, with rounded numbers.
 * `deno test -A tests/plots -- --update` rewrites the snapshots.
 */
export function figureTest(claim: string, name: string, draw: () => Figure) {
  Deno.test(claim, () => {
    const { svg } = quietly(draw);
    checkWellFormed(svg);
    checkAlone(svg);
    const url = new URL(`./snapshots/${name}.svg`, import.meta.url);
    const snapshot = normalize(svg);
    if (UPDATE) Deno.writeTextFileSync(url, snapshot);
    assert.equal(snapshot, Deno.readTextFileSync(url));
  });
}

/** Draws a figure; throws if Plot warns. */
export function quietly(draw: () => Figure): Figure {
  const { warn } = console;
  // Plot prints its warnings to the console.
  // deno-lint-ignore no-console
  console.warn = (...words: unknown[]) => {
    throw new Error(`Plot warns: ${words.join(" ")}`);
  };
  try {
    return draw();
  } finally {
    // deno-lint-ignore no-console
    console.warn = warn;
  }
}

/** Throws unless tags are closed, attributes quoted and `&` escaped. */
export function checkWellFormed(svg: string): void {
  const open: string[] = [];
  const tag =
    /<(\/?)([A-Za-z]+)((?:\s+[A-Za-z0-9:-]+="[^"<]*")*)\s*(\/?)>|[^<]+/gy;
  let end = 0;
  for (const match of svg.matchAll(tag)) {
    end = match.index + match[0].length;
    assert.doesNotMatch(match[0], /&(?!(?:amp|lt|gt|quot);)/);
    const [, closing, name, attributes, empty] = match;
    if (name === undefined) continue;
    const names = [...attributes.matchAll(/\s([A-Za-z0-9:-]+)=/g)].map((m) =>
      m[1]
    );
    assert.equal(new Set(names).size, names.length, `twice in ${match[0]}`);
    if (closing) assert.equal(open.pop(), name);
    else if (!empty) open.push(name);
  }
  assert.equal(end, svg.length, `not XML: ${svg.slice(end, end + 80)}`);
  assert.deepEqual(open, []);
}

function checkAlone(svg: string): void {
  assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d/);
  assert.match(svg, / role="img" aria-label="[^"]+" font-family="/);
  assert.match(svg, /<rect width="\d+" height="\d+" fill="#ffffff"\/>/);
  assert.doesNotMatch(
    svg,
    / (id|class|clip-path|on\w+)="|url\(|<script|<style/,
  );
  assert.doesNotMatch(svg, /NaN|undefined|Infinity|⚠|currentColor|var\(/);
  const addresses = [...svg.matchAll(/href="([^"]*)"/g)].map((m) => m[1]);
  assert.ok(addresses.every((a) => a.startsWith("data:image/png;base64,")));
}

/**
 * Normalizes an SVG: one element per line, coordinates to one decimal place,
 * pictures without their bytes.
 */
function normalize(svg: string): string {
  const round = (n: string) => String(Number(Number(n).toFixed(1)));
  return svg
    .replace(/base64,[A-Za-z0-9+/=]+/g, "base64,")
    .replace(/<[^>]+>/g, (tag) => tag.replace(/-?\d+\.\d+/g, round))
    .replaceAll("><", ">\n<") + "\n";
}
