import assert from "node:assert/strict";
import {
  CANDIDATES,
  STUDENT_METHODS,
} from "../../../lib/synthetic/teachers/teacher_grid.ts";
import { checkMethod } from "../../../lib/smoothing/parse_method.ts";

Deno.test("every student method has as many candidates as ls, all distinct", () => {
  assert.deepEqual(
    Object.keys(CANDIDATES).sort(),
    [
      ...STUDENT_METHODS.toSorted(),
      "ls",
    ].sort(),
  );
  for (const [method, own] of Object.entries(CANDIDATES)) {
    assert.equal(own.length, 8, method);
    assert.equal(new Set(own.map((one) => JSON.stringify(one))).size, 8);
    for (const one of own) {
      assert.equal(one.name, method);
      checkMethod(one);
    }
  }
});
