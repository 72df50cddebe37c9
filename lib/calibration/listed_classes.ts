/** Largest number of classes that a text lists. */
export const MOST_SHOWN = 5;

/** The first classes of a list, such as "1, 20, 45, 52, 53 and 41 more". */
export function listedClasses(classes: readonly number[]): string {
  const shown = classes.slice(0, MOST_SHOWN).join(", ");
  const more = classes.length - MOST_SHOWN;
  return shown + (more > 0 ? ` and ${more} more` : "");
}
