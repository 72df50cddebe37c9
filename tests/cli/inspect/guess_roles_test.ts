import assert from "node:assert/strict";
import type { FilePart } from "../../../lib/cli/inspect/browser/file_parts.ts";
import {
  guessRoles,
  rolesOf,
} from "../../../lib/cli/inspect/browser/guess_roles.ts";

const part = (
  path: string,
  ...contents: FilePart["contents"]
): FilePart => ({ path, rows: 9, size: "", contents, isTable: false });
const matrix = (path: string) => part(path, "scores", "labels");
const list = (path: string) => part(path, "labels", "scores");
const table = (path: string) => part(path, "both", "scores", "labels");

const GUESSED: readonly [readonly FilePart[], readonly string[]][] = [
  [[matrix("test.npy"), list("y_test.npy")], ["scores", "labels"]],
  [
    [matrix("vl.npy"), list("vy.npy"), matrix("l.npy"), list("y.npy")],
    ["valScores", "valLabels", "scores", "labels"],
  ],
  [
    ["logits", "labels", "val_logits", "val_labels"].map((key) =>
      (key.endsWith("labels") ? list : matrix)(`run.npz:${key}`)
    ),
    ["scores", "labels", "valScores", "valLabels"],
  ],
  [[table("p.csv"), table("validation.csv")], ["both", "valBoth"]],
  [[matrix("a.npy"), matrix("b.npy"), list("y.npy")], [
    ...["scores", "scores", "labels"],
  ]],
  // One-hot labels are a matrix too.
  [[matrix("logits.npy"), matrix("one_hot_labels.npy")], ["scores", "labels"]],
  [[matrix("logits.npy"), list("y.npy"), part("x.npy", "images")], [
    ...["scores", "labels", "images"],
  ]],
  [[matrix("logits.npy"), { ...part("b.npy", "images"), rows: 2 }], [
    ...["scores", "unused"],
  ]],
  [[list("labels.npy"), list("ids.npy")], ["labels", "unused"]],
  [[part("names.mat:info")], ["unused"]],
  [[matrix("/tmp/9y6/val labels/test.npy"), list("/tmp/9y6/val/y.npy")], [
    ...["scores", "labels"],
  ]],
];

Deno.test("guessRoles() follows names and shapes", () => {
  for (const [parts, roles] of GUESSED) {
    assert.deepEqual(
      guessRoles(parts),
      roles,
      parts.map(({ path }) => path).join(),
    );
  }
});

Deno.test("rolesOf() are those that the contents allow", () => {
  assert.deepEqual(rolesOf(list("y.npy")), [
    ...["unused", "scores", "labels", "valScores", "valLabels"],
  ]);
  assert.deepEqual(rolesOf(part("x.npy", "images")), ["unused", "images"]);
});
