import { strictEqual } from "node:assert/strict";
import { quoted, visible } from "../../lib/files/quoted.ts";

/** All characters of Unicode that change the direction of text. */
const DIRECTION = [
  ...["\u061c", "\u200e", "\u200f", "\u202a", "\u202b", "\u202c"],
  ...["\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"],
];

Deno.test("quoted() shows every mark of direction and control character", () => {
  for (const mark of [...DIRECTION, "\u001b", "\u0085", "\u2028", "\u2029"]) {
    const code = mark.charCodeAt(0).toString(16).padStart(4, "0");
    strictEqual(quoted(`a${mark}b`), `"a\\u${code}b"`);
    strictEqual(visible(`a${mark}b`), `a\\u${code}b`);
  }
});

Deno.test("quoted() leaves letters from right to left as they are", () => {
  strictEqual(quoted("قط קטן"), '"قط קטן"');
});
