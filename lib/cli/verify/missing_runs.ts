/** Runs of the same settings but for the seed, of which some are missing. */
export interface MissingRuns {
  /** What their ids have in common, such as `fashionmnist-mlp-ils`. */
  readonly group: string;
  readonly ids: readonly string[];
}

/** The seed and hash at the end of an id. */
const OWN = /-s\d+-[0-9a-f]{10}$/;

/** Returns missing runs by what their ids have in common, in alphabetical order. */
export function groupRuns(ids: readonly string[]): MissingRuns[] {
  const groups = Map.groupBy(ids.toSorted(), (id) => id.replace(OWN, ""));
  return [...groups].map(([group, ids]) => ({ group, ids }));
}

/** A group in one line. */
export function describeMissing({ group, ids }: MissingRuns): string {
  return ids.length === 1
    ? `missing run ${ids[0]}`
    : `missing runs ${group}: ${ids.length}`;
}
