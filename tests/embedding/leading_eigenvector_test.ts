import { ok } from "node:assert/strict";
import { leadingEigenvector } from "../../lib/embedding/leading_eigenvector.ts";
import { leadingTridiagonalEigenpair } from "../../lib/embedding/tridiagonal_eigenpair.ts";
import { matrix } from "../../lib/matrix.ts";
import { stream } from "../../lib/random.ts";

const near = (found: number, expected: number) =>
  ok(Math.abs(found - expected) < 1e-13, `${found}, ${expected}`);

Deno.test("leadingTridiagonalEigenpair() of a path of n nodes is a half wave", () => {
  // Zeros on the diagonal and ones beside it: 2 cos(pi / (n + 1)), sin(pi i / (n + 1)).
  for (const n of [1, 2, 3, 10, 200]) {
    const { value, vector } = leadingTridiagonalEigenpair(
      Array(n).fill(0),
      Array(n - 1).fill(1),
    );
    near(value, 2 * Math.cos(Math.PI / (n + 1)));
    const length = Math.sqrt((n + 1) / 2);
    vector.forEach((entry, i) =>
      near(entry, Math.sin(Math.PI * (i + 1) / (n + 1)) / length)
    );
  }
});

Deno.test("leadingEigenvector() finds 3/4 and 1/4 of a matrix by hand", () => {
  // [[2, 1], [1, 2]] has eigenvalues 3 of (1, 1) and 1 of (1, -1).
  const halves = matrix(Float64Array.of(2, 1, 1, 2).map((x) => x / 4), 2);
  const first = leadingEigenvector(halves, []);
  near(first.value, 3 / 4);
  near(first.vector[0], first.vector[1]);
  near(Math.abs(first.vector[0]), Math.SQRT1_2);
  const second = leadingEigenvector(halves, [first.vector]);
  near(second.value, 1 / 4);
  near(second.vector[0], -second.vector[1]);
});

Deno.test("leadingEigenvector() finds every vector of equal eigenvalues", () => {
  const identity = matrix(Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), 3);
  const found: Float64Array[] = [];
  for (let k = 0; k < 3; k++) {
    const { value, vector } = leadingEigenvector(identity, found);
    near(value, 1);
    for (const other of found) near(dot(vector, other), 0);
    near(dot(vector, vector), 1);
    found.push(vector);
  }
});

Deno.test("leadingEigenvector() solves A v = value v for close eigenvalues", () => {
  // Eigenvalues 1, 1 - 1e-6, 0.5, ... along random directions at right angles.
  const n = 40;
  const values = Array.from(
    { length: n },
    (_, k) => k < 2 ? 1 - k * 1e-6 : 1 / k,
  );
  const directions = rightAngles(n);
  const data = new Float64Array(n * n);
  values.forEach((value, k) => {
    for (let at = 0; at < n * n; at++) {
      data[at] += value * directions[k][Math.floor(at / n)] *
        directions[k][at % n];
    }
  });
  const first = leadingEigenvector(matrix(data, n), []);
  near(first.value, 1);
  ok(1 - Math.abs(dot(first.vector, directions[0])) < 1e-13);
  const second = leadingEigenvector(matrix(data, n), [first.vector]);
  near(second.value, 1 - 1e-6);
  ok(1 - Math.abs(dot(second.vector, directions[1])) < 1e-13);
});

/** Random vectors of length 1 at right angles to each other. */
function rightAngles(n: number): Float64Array[] {
  const random = stream(1, "test");
  const vectors: Float64Array[] = [];
  for (let k = 0; k < n; k++) {
    const vector = Float64Array.from({ length: n }, () => random.normal());
    for (let pass = 0; pass < 2; pass++) {
      for (const other of vectors) {
        const part = dot(vector, other);
        vector.forEach((x, i) => vector[i] = x - part * other[i]);
      }
    }
    const length = Math.sqrt(dot(vector, vector));
    vectors.push(vector.map((x) => x / length));
  }
  return vectors;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, i) => sum + x * b[i], 0);
}
