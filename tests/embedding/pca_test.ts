import { deepStrictEqual, ok } from "node:assert/strict";
import { principalComponents } from "../../lib/embedding/pca.ts";
import { pointsOf } from "../../lib/matrix_kinds.ts";
import { points, reference } from "./reference.ts";

Deno.test("principalComponents() agrees with scikit-learn", () => {
  const { data } = principalComponents(points);
  reference.principal.flat().forEach((value, at) => {
    ok(Math.abs(data[at] - value) < 1e-6, `${at}: ${data[at]}, ${value}`);
  });
});

Deno.test("principalComponents() finds the long diagonal of a rectangle's corners", () => {
  // Along (1, 1) the corners are at +-3 sqrt 2, across it at +-sqrt 2.
  const corners = pointsOf([[4, 2], [2, 4], [-4, -2], [-2, -4]]);
  const { data } = principalComponents(corners);
  const expected = [[3, 1], [3, -1], [-3, -1], [-3, 1]].flat();
  // Both entries of an axis are equally large, so the second sign is arbitrary.
  const flip = Math.sign(data[1]);
  expected.forEach((value, at) => {
    const signed = at % 2 ? flip * value : value;
    ok(Math.abs(data[at] - signed * Math.SQRT2) < 1e-8);
  });
});

Deno.test("principalComponents() is 0 if no variance is left", () => {
  const line = principalComponents(pointsOf([[0, 0], [1, 2], [2, 4]])).data;
  deepStrictEqual([line[1], line[3], line[5]], [0, 0, 0]);
  ok(Math.abs(line[4] - Math.sqrt(5)) < 1e-9);
  const point = principalComponents(pointsOf([[7, 7], [7, 7]])).data;
  deepStrictEqual([...point], [0, 0, 0, 0]);
});
