import { strictEqual, throws } from "node:assert/strict";
import { neighbourPurity } from "../../lib/embedding/neighbour_purity.ts";
import { pointsOf } from "../../lib/matrix_kinds.ts";

const line = pointsOf([[0], [1], [2], [10], [11], [12.5]]);

Deno.test("neighbourPurity() is 1 for separate classes and counts neighbours of other classes", () => {
  const apart = Int32Array.of(0, 0, 0, 1, 1, 1);
  strictEqual(neighbourPurity(line, apart, 2), 1);
  // Each row has one of its three neighbours in the other class.
  strictEqual(neighbourPurity(line, apart, 3), 2 / 3);
  // Row 2 has another label: rows 0 and 1 lose one of two, row 2 both.
  const mixed = Int32Array.of(0, 0, 1, 1, 1, 1);
  strictEqual(neighbourPurity(line, mixed, 2), (1 + 1 + 0 + 2 + 2 + 2) / 12);
});

Deno.test("neighbourPurity() refuses labels or neighbours out of range", () => {
  throws(
    () => neighbourPurity(line, Int32Array.of(0), 1),
    /Cannot measure purity of 6 points with 1 labels$/,
  );
  throws(
    () => neighbourPurity(line, new Int32Array(6), 6),
    /must be a whole number in \[1, 5\]: current value is 6$/,
  );
});
