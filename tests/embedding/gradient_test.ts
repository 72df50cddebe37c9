import { ok, strictEqual } from "node:assert/strict";
import {
  exactNormaliser,
  klDivergence,
} from "../../lib/embedding/divergence.ts";
import { forces } from "../../lib/embedding/gradient.ts";
import { similarities } from "../../lib/embedding/layout.ts";
import { takeRows } from "../../lib/matrix.ts";
import { stream } from "../../lib/random.ts";
import { points } from "./reference.ts";

const random = stream(1, "positions");
const some = takeRows(points, Array.from({ length: 60 }, (_, i) => i));
const joint = similarities(some, 10);
const positions = Float64Array.from({ length: 120 }, () => 2 * random.normal());

Deno.test("forces() at theta 0 agrees with finite differences of the divergence", () => {
  const { gradient, compute } = forces(joint, 0);
  compute(positions, 1);
  const step = 1e-5;
  for (let at = 0; at < positions.length; at += 7) {
    const at1 = (shift: number) => {
      const moved = positions.slice();
      moved[at] += shift;
      return klDivergence(joint, moved, exactNormaliser(moved));
    };
    const slope = (at1(step) - at1(-step)) / (2 * step);
    ok(
      Math.abs(gradient[at] - slope) < 1e-8,
      `${at}: ${gradient[at]}, ${slope}`,
    );
  }
});

Deno.test("forces() at theta 0 returns the normaliser over all pairs", () => {
  const normaliser = forces(joint, 0).compute(positions, 1);
  const exact = exactNormaliser(positions);
  ok(Math.abs(normaliser / exact - 1) < 1e-12);
});

Deno.test("exactNormaliser() counts each ordered pair once", () => {
  // Distances 1, 2 and sqrt 5: 2 (1/2 + 1/5 + 1/6).
  const corner = Float64Array.of(0, 0, 1, 0, 0, 2);
  strictEqual(exactNormaliser(corner), 2 * ((1 / 2 + 1 / 5) + 1 / 6));
});

Deno.test("klDivergence() is 0 when the embedding has the joint probabilities", () => {
  // An equilateral triangle: every pair 1/6.
  const even = {
    offsets: Int32Array.of(0, 2, 3, 3),
    columns: Int32Array.of(1, 2, 2),
    values: new Float64Array(3).fill(1 / 6),
  };
  const triangle = Float64Array.of(0, 0, 1, 0, 0.5, Math.sqrt(0.75));
  const divergence = klDivergence(even, triangle, exactNormaliser(triangle));
  ok(Math.abs(divergence) < 1e-12);
});

Deno.test("forces() multiplies only the attraction by the exaggeration", () => {
  const at = (exaggeration: number) => {
    const { gradient, compute } = forces(joint, 0);
    compute(positions, exaggeration);
    return gradient;
  };
  const [none, one, twelve] = [at(0), at(1), at(12)];
  one.forEach((force, k) => {
    const expected = none[k] + 12 * (force - none[k]);
    ok(Math.abs(twelve[k] - expected) < 1e-12);
  });
});

Deno.test("forces() with far boxes is within 2 % of the gradient over all pairs", () => {
  const all = similarities(points, 30);
  for (const spread of [0.1, 1, 10]) {
    const scattered = Float64Array.from(
      { length: 1000 },
      () => spread * random.normal(),
    );
    const exact = forces(all, 0);
    const fast = forces(all);
    const ratio = fast.compute(scattered, 0) / exact.compute(scattered, 0);
    ok(Math.abs(ratio - 1) < 0.005, `normaliser off by ${ratio}`);
    let error = 0;
    exact.gradient.forEach((g, k) => error += (fast.gradient[k] - g) ** 2);
    const relative = Math.sqrt(error) / Math.hypot(...exact.gradient);
    ok(relative > 0, "no box was far enough to be treated as a point");
    ok(relative < 0.02, `${relative} at spread ${spread}`);
  }
});

Deno.test("forces() is finite if all points coincide", () => {
  const all = similarities(points, 30);
  const { gradient, compute } = forces(all);
  strictEqual(compute(new Float64Array(1000).fill(3), 1), 500 * 499);
  ok(gradient.every((g) => g === 0));
});
