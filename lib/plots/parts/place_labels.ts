/** A line of text centred on a point, in pixels. */
export interface PlacedLabel {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

const ROUNDS = 200;

/**
 * Moves labels vertically, as little as possible, until none overlap.
 *
 * @param labels centred on their points
 * @param height of a line, in pixels
 * @returns the new y of each label, in the given order
 */
export function placeLabels(
  labels: readonly PlacedLabel[],
  height: number,
): number[] {
  const ys = labels.map(({ y }) => y);
  for (let round = 0; round < ROUNDS; round++) {
    let moved = false;
    for (let i = 0; i < labels.length; i++) {
      for (let j = i + 1; j < labels.length; j++) {
        const apart = Math.abs(labels[i].x - labels[j].x);
        if (apart >= (labels[i].width + labels[j].width) / 2) continue;
        const overlap = height - Math.abs(ys[i] - ys[j]);
        if (overlap <= 1e-9) continue;
        // Of two at the same height, the later goes below.
        const sign = ys[i] > ys[j] ? 1 : -1;
        ys[i] += sign * overlap / 2;
        ys[j] -= sign * overlap / 2;
        moved = true;
      }
    }
    if (!moved) break;
  }
  return ys;
}
