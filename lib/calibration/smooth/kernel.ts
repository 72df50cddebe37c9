import { toBandwidth } from "./bandwidth.ts";

/** Added to each density, as in relplot; it only matters for very few rows. */
export const MASS = 1e-4;

/** The kernel is cut where it is 1e-18 of its maximum. */
const WIDEST = 9.1;

/** Number of grid points on which rows are smoothed, as in relplot. */
export function gridPoints(step: number): number {
  const points = Math.max(2000, Math.round(20 / toBandwidth(step)));
  return Math.floor(points / 2) + 1;
}

/** Number of points at which the smoothed error is measured, as in relplot. */
export function meshPoints(step: number): number {
  return Math.max(200, Math.round(10 / toBandwidth(step)));
}

/**
 * Samples of the Gaussian density up to a distance of 1/2. With an even number of grid
 * points, relplot's lie half a point off the centre, and so do these.
 *
 * @returns `weights[j]` belongs to the distance of `first + j` grid points
 */
export function gaussianKernel(
  points: number,
  step: number,
): { weights: Float64Array; first: number } {
  const sigma = toBandwidth(step);
  const spacing = 1 / (points - 1);
  const shift = points % 2 === 0 ? 0.5 : 0;
  const reach = Math.min(
    Math.floor((points - 1) / 2),
    Math.ceil(WIDEST * sigma / spacing),
  );
  const first = 2 * shift - reach;
  const weights = Float64Array.from(
    { length: 2 * reach + 1 - 2 * shift },
    (_, j) => gaussian((first + j - shift) * spacing, sigma),
  );
  return { weights, first };
}

/** The density of a normal distribution at a distance from its mean. */
export function gaussian(distance: number, sigma: number): number {
  return Math.exp(-((distance / sigma) ** 2) / 2) /
    (Math.sqrt(2 * Math.PI) * sigma);
}
