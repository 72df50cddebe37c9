import { strictEqual, throws } from "node:assert/strict";
import { neighbourPurity } from "../../lib/embedding/neighbour_purity.ts";
import { pointsOf } from "../../lib/matrix_kinds.ts";

const line = pointsOf([[0], [1], [2], [10], [11], [12.5]]);

Deno.test("neighbourPurity() is 1 for separate classes and counts strangers", () => {
  const apart = Int32Array.of(0, 0, 0, 1, 1, 1);
  strictEqual(neighbourPurity(line, apart, 2), 1);
  // Three neighbours reach into the other class once from each row.
  strictEqual(neighbourPurity(line, apart, 3), 2 / 3);
  // Row 2's stranger: rows 0, 1 each lose one of two, row 2 both.
  const mixed = Int32Array.of(0, 0, 1, 1, 1, 1);
  strictEqual(neighbourPurity(line, mixed, 2), (1 + 1 + 0 + 2 + 2 + 2) / 12);
});

Deno.test("neighbourPurity() says which labels or neighbours it cannot take", () => {
  throws(
    () => neighbourPurity(line, Int32Array.of(0), 1),
    /Cannot measure purity of 6 points with 1 labels$/,
  );
  throws(
    () => neighbourPurity(line, new Int32Array(6), 6),
    /whole and in \[1, 5\]: current value is 6$/,
  );
});
