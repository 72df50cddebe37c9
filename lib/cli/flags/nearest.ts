/**
 * The word that someone probably meant: the one with the smallest edit
 * distance, if it is small against the word's length.
 */
export function nearest(
  given: string,
  words: readonly string[],
): string | undefined {
  const ranked = words
    .map((word) => ({ word, distance: editDistance(given, word) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  if (best === undefined) return undefined;
  const most = Math.max(1, Math.floor(best.word.length / 3));
  return best.distance <= most ? best.word : undefined;
}

/**
 * Letters to insert, delete, replace or swap with their neighbour to get from
 * one word to the other (optimal string alignment).
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
