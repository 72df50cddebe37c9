/**
 * Returns the candidate with the smallest edit distance from a text. The
 * distance must be 1 or at most a third of the candidate's length, and the two
 * must have a letter in common.
 */
export function nearest(
  text: string,
  candidates: readonly string[],
): string | undefined {
  const ranked = candidates
    .map((name) => ({ name, distance: editDistance(text, name) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  if (best === undefined) return undefined;
  const limit = Math.max(1, Math.floor(best.name.length / 3));
  const { name, distance } = best;
  return distance <= limit && distance < name.length ? name : undefined;
}

/**
 * Returns the number of letters to insert, delete, replace or swap with a
 * neighbour to turn one text into the other (optimal string alignment).
 */
export function editDistance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= from.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] &&
        from[i - 2] === to[j - 1];
      rows[i][j] = Math.min(
        rows[i - 1][j] + 1,
        rows[i][j - 1] + 1,
        rows[i - 1][j - 1] + (same ? 0 : 1),
        swapped ? rows[i - 2][j - 2] + 1 : Infinity,
      );
    }
  }
  return rows[from.length][to.length];
}
