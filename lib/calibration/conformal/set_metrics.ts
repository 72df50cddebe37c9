import type { RankedRows } from "./ranked_rows.ts";

/** How often sets contain the label, and how large they are. */
export interface SetMetrics {
  /** Share of the rows whose set contains the label, in [0, 1]. */
  readonly coverage: number;
  /** Mean number of classes in a set. */
  readonly meanSize: number;
  /** Mean of |coverage - target| over the labels that occur. */
  readonly coverageGap: number;
  /** `[classes]`, coverage of the rows of each label; NaN for a label without rows. */
  readonly coverageByClass: readonly number[];
  /** Coverage of the sets of each size that occurs, by increasing size. */
  readonly coverageBySize: readonly SizeCoverage[];
}

/** Coverage of the sets of one size. */
export interface SizeCoverage {
  /** Number of classes in the sets. */
  readonly size: number;
  /** Number of such sets. */
  readonly rows: number;
  /** Share of them that contain the label, in [0, 1]. */
  readonly coverage: number;
}

/**
 * Measures sets of the most probable classes.
 *
 * @param sizes `[n]`, number of classes in each row's set
 * @param target coverage that was asked for
 */
export function setMetrics(
  { ranks, classes }: RankedRows,
  labels: Int32Array,
  sizes: Int32Array,
  target: number,
): SetMetrics {
  const covered = ranks.map((rank, i) => rank < sizes[i] ? 1 : 0);
  const coverageByClass = coverageOf(covered, labels, classes)
    .map(({ coverage }) => coverage);
  const occurring = coverageByClass.filter((coverage) => !isNaN(coverage));
  return {
    coverage: mean(covered),
    meanSize: mean(sizes),
    coverageGap: mean(occurring.map((c) => Math.abs(c - target))),
    coverageByClass,
    coverageBySize: coverageOf(covered, sizes, classes + 1)
      .map((group, size) => ({ size, ...group }))
      .filter(({ rows }) => rows > 0),
  };
}

/** Number of rows and coverage of each group. */
function coverageOf(covered: Int32Array, groups: Int32Array, count: number) {
  const rows = new Int32Array(count);
  const hits = new Int32Array(count);
  groups.forEach((group, i) => {
    rows[group]++;
    hits[group] += covered[i];
  });
  return Array.from(rows, (n, k) => ({ rows: n, coverage: hits[k] / n }));
}

function mean(values: Int32Array | readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
