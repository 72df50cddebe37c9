/** Letters from which a part of a name is a hint at the name. */
const FEWEST_LETTERS = 3;

/**
 * Returns the candidate that a text probably means: the same letters and digits in
 * another spelling (`Fashion-MNIST`), else the candidate with the smallest edit
 * distance, which must be 1 or at most a third of the candidate's length with a letter
 * in common, else the first candidate that has the text as one of its words (`bins` of
 * `ece-bins`) or as its beginning (`temp` of `temperature`).
 */
export function nearest(
  text: string,
  candidates: readonly string[],
): string | undefined {
  return candidates.find((name) => plain(name) === plain(text)) ??
    fewestEdits(text, candidates) ?? withPart(text, candidates);
}

/** The letters and digits of a text, in lower case. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

function fewestEdits(
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

function withPart(
  text: string,
  candidates: readonly string[],
): string | undefined {
  const part = text.toLowerCase();
  if (part.length < FEWEST_LETTERS) return undefined;
  return candidates.find((name) => name.split("-").includes(part)) ??
    candidates.find((name) => name.startsWith(part));
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
