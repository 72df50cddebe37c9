import assert from "node:assert/strict";
import { shortenMiddle } from "../../../lib/plots/parts/text_width.ts";
import { isName } from "../../../lib/reports/interactive/still_panel.ts";

Deno.test("isName() finds a name that a figure shortened", () => {
  const name = "American_Staffordshire_terrier_".repeat(10);
  const shown = shortenMiddle(name, 200, 13);
  assert.notEqual(shown, name);
  assert.ok(isName(shown, name));
  assert.ok(isName("Coat", "Coat"));
});

Deno.test("isName() finds no other name", () => {
  assert.ok(!isName("Coat", "Coats"));
  assert.ok(!isName("American…terrier", "American_collie"));
  // It is too short to be the whole name.
  assert.ok(!isName("terr…terr", "terr"));
  assert.ok(!isName("…", ""));
});
