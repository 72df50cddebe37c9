import assert from "node:assert/strict";
import { editDistance, nearest } from "../../../lib/cli/flags/nearest.ts";

Deno.test("editDistance() counts letters put in, taken out, replaced and swapped", () => {
  const pairs: [string, string, number][] = [
    ["kitten", "sitting", 3],
    ["", "abc", 3],
    ["abc", "", 3],
    ["same", "same", 0],
    ["trian", "train", 1],
  ];
  for (const [from, to, distance] of pairs) {
    assert.equal(editDistance(from, to), distance);
    assert.equal(editDistance(to, from), distance);
  }
});

Deno.test("nearest() offers the nearest word, and none that is far", () => {
  const words = ["train", "targets", "evaluate"];
  assert.equal(nearest("trian", words), "train");
  assert.equal(nearest("tran", words), "train");
  assert.equal(nearest("evaluat", words), "evaluate");
  assert.equal(nearest("target", words), "targets");
  assert.equal(nearest("embed", words), undefined);
  assert.equal(nearest("x", []), undefined);
});
