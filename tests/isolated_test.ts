import { strictEqual } from "node:assert/strict";
import { isolated } from "../lib/isolated.ts";

Deno.test("isolated() leaves names of one direction as they are", () => {
  for (const name of ["T-shirt/top", "größe", "猫", "x".repeat(300), ""]) {
    strictEqual(isolated(name), name);
  }
});

Deno.test("isolated() closes what names from right to left and marks open", () => {
  strictEqual(isolated("קטן"), "\u2068קטן\u2069");
  strictEqual(isolated("قط"), "\u2068قط\u2069");
  // An isolate also ends an override.
  strictEqual(isolated("\u202eevil"), "\u2068\u202eevil\u2069");
  strictEqual(isolated("a\u200f"), "\u2068a\u200f\u2069");
});

Deno.test("isolated() lets no name end its own isolate, or begin another", () => {
  strictEqual(isolated("\u2069a\u2067b"), "\u2068ab\u2069");
});
