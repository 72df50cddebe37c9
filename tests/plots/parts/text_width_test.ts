import assert from "node:assert/strict";
import {
  shorten,
  shortenMiddle,
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

Deno.test("textWidth() is at least the width in DejaVu Sans and less than 25 % above it", () => {
  for (const [text, real] of Object.entries(DEJAVU)) {
    const bound = textWidth(text, 100);
    assert.ok(bound >= real && bound < 1.25 * real, `${text}: ${bound}`);
  }
});

Deno.test("shorten() shortens text with an ellipsis only if it is too wide", () => {
  assert.equal(shorten("Coat", 100, 12), "Coat");
  const short = shorten("a very long class name", 60, 12);
  assert.match(short, /^a very.*…$/);
  assert.ok(textWidth(short, 12) <= 60);
});

Deno.test("wrap() breaks lines between words and keeps all words", () => {
  const lines = wrap("one two three four", 60, 12);
  assert.ok(lines.length > 1);
  assert.equal(lines.join(" "), "one two three four");
  assert.ok(lines.every((line) => textWidth(line, 12) <= 60));
});

Deno.test("wrap() keeps a percent sign with its number", () => {
  assert.deepEqual(wrap("boot, 93 %", 50, 12), ["boot,", "93 %"]);
});

Deno.test("shortenMiddle() keeps both ends of a text that is too wide", () => {
  assert.equal(shortenMiddle("Coat", 100, 12), "Coat");
  const name = "fashionmnist-resnet18-7";
  const short = shortenMiddle(name, 100, 12);
  assert.match(short, /^fash.*….*18-7$/);
  assert(textWidth(short, 12) <= 100);
  assert.equal(shortenMiddle("wide", 1, 12), "…");
});
