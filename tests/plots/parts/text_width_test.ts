import assert from "node:assert/strict";
import {
  shorten,
  textWidth,
  wrap,
} from "../../../lib/plots/parts/text_width.ts";

// Widths in DejaVu Sans 2.37 at 100 pixels, without kerning, by FreeType.
const DEJAVU: Record<string, number> = {
  "Ankle boot": 535.8,
  "T-shirt/top": 518.3,
  "ECE 11.00 %": 641.1,
  "validation log loss": 901.5,
  "CE: minimum at 1.83": 1059.8,
  "ILS quadratic": 656.4,
  "teacher's softmax": 900.0,
  "mmmm": 389.6,
  "WWW": 296.6,
};

Deno.test("textWidth() is no less than DejaVu Sans, and not far above", () => {
  for (const [text, real] of Object.entries(DEJAVU)) {
    const guess = textWidth(text, 100);
    assert.ok(guess >= real && guess < 1.25 * real, `${text}: ${guess}`);
  }
});

Deno.test("shorten() cuts with an ellipsis to the width, and only then", () => {
  assert.equal(shorten("Coat", 100, 12), "Coat");
  const short = shorten("a very long class name", 60, 12);
  assert.match(short, /^a very.*…$/);
  assert.ok(textWidth(short, 12) <= 60);
});

Deno.test("wrap() breaks between words and keeps every one", () => {
  const lines = wrap("one two three four", 60, 12);
  assert.ok(lines.length > 1);
  assert.equal(lines.join(" "), "one two three four");
  assert.ok(lines.every((line) => textWidth(line, 12) <= 60));
});

Deno.test("wrap() keeps a per cent sign with its number", () => {
  assert.deepEqual(wrap("boot, 93 %", 50, 12), ["boot,", "93 %"]);
});
