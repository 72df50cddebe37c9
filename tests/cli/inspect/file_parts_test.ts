import assert from "node:assert/strict";
import { fileParts } from "../../../lib/cli/inspect/browser/file_parts.ts";
import { guessRoles } from "../../../lib/cli/inspect/browser/guess_roles.ts";
import { openArrays } from "../../../lib/files/arrays/open_arrays.ts";
import { scores } from "../inputs/scores.ts";

/** Names without folders, sizes and likely roles of the parts of a file. */
async function partsOf(name: string) {
  const parts = fileParts(await openArrays(scores(name)));
  const roles = guessRoles(parts);
  return parts.map(({ path, size }, i) => [
    path.slice(path.lastIndexOf("/") + 1),
    size,
    roles[i],
  ]);
}

Deno.test("fileParts() lists the arrays of an archive", async () => {
  assert.deepEqual(await partsOf("logits.npy"), [
    ["logits.npy", "5 × 3", "scores"],
  ]);
  assert.deepEqual((await partsOf("f32.safetensors")).slice(0, 2), [
    ["f32.safetensors:labels", "5", "labels"],
    ["f32.safetensors:logits", "5 × 3", "scores"],
  ]);
});

Deno.test("fileParts() keeps a table as one part", async () => {
  assert.deepEqual(await partsOf("table.csv"), [
    ["table.csv", "5 rows, 5 columns", "both"],
  ]);
  assert.deepEqual(await partsOf("scores_plain.csv"), [
    ["scores_plain.csv", "5 rows, 3 columns", "scores"],
  ]);
  assert.deepEqual(await partsOf("labels_plain.csv"), [
    ["labels_plain.csv", "5 rows, 1 column", "labels"],
  ]);
});
