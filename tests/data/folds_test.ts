import {
  deepStrictEqual,
  notDeepStrictEqual,
  ok,
  throws,
} from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import { stratifiedFolds } from "../../lib/data/folds.ts";

const LABELS = Int32Array.from({ length: 103 }, (_, i) => i % 7 % 3);

function sizes(folds: Int32Array, of: (i: number) => boolean): number[] {
  const counts = [0, 0, 0, 0, 0];
  folds.forEach((fold, i) => counts[fold] += of(i) ? 1 : 0);
  return counts;
}

Deno.test("stratifiedFolds() distributes samples evenly, in total and by class", () => {
  const folds = stratifiedFolds(LABELS, { folds: 5, seed: 1 });
  deepStrictEqual(sizes(folds, () => true), [21, 21, 21, 20, 20]);
  for (const label of [0, 1, 2]) {
    const counts = sizes(folds, (i) => LABELS[i] === label);
    ok(Math.max(...counts) - Math.min(...counts) <= 1, `${counts}`);
  }
});

Deno.test("stratifiedFolds() depends on the seed only", () => {
  const cut = (seed: number) => stratifiedFolds(LABELS, { folds: 5, seed });
  deepStrictEqual(cut(1), cut(1));
  notDeepStrictEqual(cut(2), cut(1));
});

Deno.test("stratifiedFolds() refuses one fold and more folds than samples", () => {
  throws(
    () => stratifiedFolds(LABELS, { folds: 1, seed: 1 }),
    new BadInput(
      "folds must be a whole number of at least 2: current value is 1",
    ),
  );
  throws(
    () => stratifiedFolds(Int32Array.of(0, 1), { folds: 3, seed: 1 }),
    new BadInput("Cannot cut 2 training samples into 3 folds"),
  );
});
