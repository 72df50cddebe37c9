import { strictEqual } from "node:assert/strict";
import { nameInText } from "../../../lib/plots/parts/name_in_text.ts";

Deno.test("nameInText() leaves names of one direction as they are", () => {
  for (const name of ["T-shirt/top", "größe", "猫", "x".repeat(80), ""]) {
    strictEqual(nameInText(name), name);
  }
});

Deno.test("nameInText() leaves out the middle of a name of more than 80 characters", () => {
  const name = "a".repeat(100) + "b".repeat(200);
  strictEqual(nameInText(name), `${"a".repeat(40)}…${"b".repeat(39)}`);
  strictEqual(nameInText("🐱".repeat(80)), "🐱".repeat(80));
  strictEqual([...nameInText("🐱".repeat(81))].length, 80);
});

Deno.test("nameInText() closes what names from right to left and marks open", () => {
  strictEqual(nameInText("קטן"), "\u2068קטן\u2069");
  strictEqual(nameInText("قط"), "\u2068قط\u2069");
  // An isolate also ends an override.
  strictEqual(nameInText("\u202eevil"), "\u2068\u202eevil\u2069");
  strictEqual(nameInText("a\u200f"), "\u2068a\u200f\u2069");
});

Deno.test("nameInText() lets no name end its own isolate, or begin another", () => {
  strictEqual(nameInText("\u2069a\u2067b"), "\u2068ab\u2069");
});
