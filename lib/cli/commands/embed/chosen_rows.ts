import { BadInput } from "../../../bad_input.ts";

/**
 * The rows of some classes.
 *
 * @param classes numbers or names, as given; undefined for all
 * @returns undefined for all rows
 * @throws {BadInput} if there are no labels, or no row of one of the classes
 */
export function chosenRows(
  classes: readonly string[] | undefined,
  { labels, classNames }: {
    readonly labels: Int32Array | undefined;
    readonly classNames: readonly string[] | undefined;
  },
): number[] | undefined {
  if (classes === undefined) return undefined;
  if (labels === undefined) {
    throw new BadInput("--classes needs --labels Y.npy with --input");
  }
  const indices = classes.map((text) => {
    const named = classNames?.indexOf(text) ?? -1;
    return named < 0 && /^\d+$/.test(text) ? Number(text) : named;
  });
  const absent = indices.findIndex((k) => !labels.includes(k));
  if (absent >= 0) {
    const present = [...new Set(labels)].sort((a, b) => a - b)
      .map((k) => classNames?.[k] ?? k);
    throw new BadInput(
      `--classes must be classes of the points, ${present.join(", ")}: ` +
        `current value is ${classes[absent]}`,
    );
  }
  const selected = new Set(indices);
  return [...labels.keys()].filter((i) => selected.has(labels[i]));
}
