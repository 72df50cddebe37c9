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

/** Letters to insert, delete or replace to get from one word to the other. */
export function editDistance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = above[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, above[j] + 1, row[j - 1] + 1));
    }
    above = row;
  }
  return above[to.length];
}
