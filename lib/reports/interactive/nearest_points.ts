/** Points of a picture that a reader points at: the same code in Deno and in a page. */
import type { PointPlaces } from "../../plots/parts/embedding_frame.ts";

/** A place in pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Whether a row takes part. */
export type Shown = (row: number) => boolean;

/** The shown points nearest to a place, the nearest first. */
export function nearestPoints(
  { x, y }: PointPlaces,
  at: Place,
  { count, shown, within = Infinity }: {
    readonly count: number;
    readonly shown: Shown;
    /** Largest distance in pixels. */
    readonly within?: number;
  },
): number[] {
  const distances = x.map((value, i) => Math.hypot(value - at.x, y[i] - at.y));
  return Array.from(x.keys())
    .filter((i) => shown(i) && distances[i] <= within)
    .toSorted((a, b) => distances[a] - distances[b] || a - b)
    .slice(0, count);
}

/** The shown points of a rectangle between two of its corners. */
export function pointsBetween(
  { x, y }: PointPlaces,
  [a, b]: readonly [Place, Place],
  shown: Shown,
): number[] {
  const inside = (value: number, one: number, other: number) =>
    value >= Math.min(one, other) && value <= Math.max(one, other);
  return Array.from(x.keys()).filter((i) =>
    shown(i) && inside(x[i], a.x, b.x) && inside(y[i], a.y, b.y)
  );
}

/**
 * The shown point nearest to another one among those that lie more in a direction than
 * to its sides; the point itself if there is none.
 *
 * @param step such as `{ x: 1, y: 0 }` for those on the right
 */
export function pointTowards(
  places: PointPlaces,
  from: number,
  { step, shown }: { readonly step: Place; readonly shown: Shown },
): number {
  const at = { x: places.x[from], y: places.y[from] };
  const ahead = (i: number) => {
    const [dx, dy] = [places.x[i] - at.x, places.y[i] - at.y];
    const forward = dx * step.x + dy * step.y;
    return shown(i) && forward > 0 &&
      forward >= Math.abs(dx * step.y - dy * step.x);
  };
  const [next = from] = nearestPoints(places, at, { count: 1, shown: ahead });
  return next;
}
