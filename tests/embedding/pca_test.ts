import { deepStrictEqual, ok } from "node:assert/strict";
import { principalComponents } from "../../lib/embedding/pca.ts";
import { asPoints, type Points, pointsOf } from "../../lib/matrix_kinds.ts";
import principal from "../fixtures/principal_reference.json" with {
  type: "json",
};
import { points, reference } from "./reference.ts";

Deno.test("principalComponents() agrees with scikit-learn", () => {
  const { data } = principalComponents(points);
  reference.principal.flat().forEach((value, at) => {
    ok(Math.abs(data[at] - value) < 1e-10, `${at}: ${data[at]}, ${value}`);
  });
});

for (const { rows, columns, first } of principal.components) {
  Deno.test(`principalComponents() of ${rows} points of ${columns} columns agrees with NumPy and scikit-learn`, () => {
    const { data } = principalComponents(waves(rows, columns));
    first.flat().forEach((value, at) => {
      ok(Math.abs(data[at] - value) < 1e-10, `${at}: ${data[at]}, ${value}`);
    });
  });
}

Deno.test("principalComponents() of transposed inner products are the same", () => {
  // Columns of zeros make the points wide but move no point.
  const { data, rows, columns } = waves(20, 8);
  const wide = new Float64Array(rows * 50);
  data.forEach((value, at) =>
    wide[50 * Math.floor(at / columns) + at % columns] = value
  );
  const narrow = principalComponents(asPoints({ data, rows, columns })).data;
  const found = principalComponents(
    asPoints({ data: wide, rows, columns: 50 }),
  );
  narrow.forEach((value, at) => ok(Math.abs(found.data[at] - value) < 1e-12));
});

Deno.test("principalComponents() finds both directions of equal variance", () => {
  // Corners of a square: any pair of directions at right angles explains everything.
  const square = pointsOf([[1, 1], [1, -1], [-1, -1], [-1, 1]]);
  const { data } = principalComponents(square);
  for (let i = 0; i < 4; i++) {
    ok(Math.abs(Math.hypot(data[2 * i], data[2 * i + 1]) - Math.SQRT2) < 1e-12);
  }
});

Deno.test("principalComponents() takes numbers whose squares overflow or vanish", () => {
  const { data, rows, columns } = waves(6, 9);
  const expected = principalComponents(asPoints({ data, rows, columns })).data;
  for (const scale of [1e200, 1e-200]) {
    const scaled = data.map((value) => value * scale);
    const found = principalComponents(
      asPoints({ data: scaled, rows, columns }),
    );
    expected.forEach((value, at) =>
      ok(Math.abs(found.data[at] / scale - value) < 1e-10)
    );
  }
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

/** The points of `tests/fixtures/principal_reference.py`. */
function waves(rows: number, columns: number): Points<Float64Array> {
  const data = Float64Array.from({ length: rows * columns }, (_, at) => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    return Math.sin(i * j * 0.37 + i) + (i % 3) * Math.cos(j * 0.5) +
      0.5 * (i % 2) * Math.sin(j * 1.3);
  });
  return asPoints({ data, rows, columns });
}
