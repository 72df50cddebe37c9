import assert from "node:assert/strict";
import { load, withWriter } from "./scores.ts";

const ROWS = "a,b,label\n2,0,0\n0,1,1\n3,1,0\n";

/** Remarks on labels of two tables, of which the second has these rows. */
function remarksWith(second: string, ...flags: readonly string[]) {
  return withWriter(async ({ text }) => {
    const paths = [
      await text("a.csv", ROWS),
      await text("b.csv", second),
    ];
    const { remarks } = await load([
      ...["--logits", paths.join(","), "--labels", `${paths[0]}:label`],
      ...flags,
    ]);
    return remarks.map((line) => line.replaceAll(/\S*\//g, ""))
      .filter((line) => line.includes("differs"));
  });
}

Deno.test("labels of a second file that differ are remarked on", async () => {
  assert.deepEqual(await remarksWith("a,b,label\n2,0,1\n0,1,0\n3,1,0\n"), [
    "b.csv:label differs from a.csv:label in 2 of 3 rows; all scores are " +
    "measured with the latter: are the rows in the same order?",
  ]);
});

Deno.test("equal labels of a second file, or none, are not remarked on", async () => {
  assert.deepEqual(await remarksWith(ROWS), []);
  assert.deepEqual(await remarksWith("a,b\n2,0\n0,1\n3,1\n"), []);
});

Deno.test("labels that are left out do not differ", async () => {
  const second = "a,b,label\n2,0,0\n0,1,7\n3,1,0\n";
  assert.deepEqual(await remarksWith(second, "--ignore-label", "1"), []);
});
