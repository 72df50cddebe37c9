/** A line of text centred on a point, in pixels. */
export interface PlacedLabel {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** The area in which labels lie, in pixels. */
export interface LabelArea {
  readonly x: readonly [low: number, high: number];
  readonly y: readonly [low: number, high: number];
}

const ROUNDS = 200;

/**
 * Moves labels into an area, and then vertically, as little as possible, until none
 * overlap. If the area has no room for all of them, some overlap within it.
 *
 * @param labels centred on their points, none wider than the area
 * @param height of a line, in pixels
 * @param area everywhere by default
 * @returns the new centre of each label, in the given order
 */
export function placeLabels(
  labels: readonly PlacedLabel[],
  height: number,
  area?: LabelArea,
): { readonly x: number; readonly y: number }[] {
  const xs = labels.map(({ x, width }) => within(area?.x, width, x));
  const inside = (y: number) => within(area?.y, height, y);
  const ys = labels.map(({ y }) => inside(y));
  for (let round = 0; round < ROUNDS; round++) {
    let moved = false;
    for (let i = 0; i < labels.length; i++) {
      for (let j = i + 1; j < labels.length; j++) {
        const apart = Math.abs(xs[i] - xs[j]);
        if (apart >= (labels[i].width + labels[j].width) / 2) continue;
        const overlap = height - Math.abs(ys[i] - ys[j]);
        if (overlap <= 1e-9) continue;
        // Of two at the same height, the later goes below.
        const sign = ys[i] > ys[j] ? 1 : -1;
        ys[i] = inside(ys[i] + sign * overlap / 2);
        ys[j] = inside(ys[j] - sign * overlap / 2);
        moved = true;
      }
    }
    if (!moved) break;
  }
  return ys.map((y, i) => ({ x: xs[i], y }));
}

/** The nearest centre of something `size` long that lies within a range. */
function within(
  [low, high]: readonly [number, number] = [-Infinity, Infinity],
  size: number,
  centre: number,
): number {
  return Math.max(low + size / 2, Math.min(high - size / 2, centre));
}
