/**
 * Prefixes that wrappers put before the names of a network's weights: data
 * parallelism and averaged models, `torch.compile`, Lightning modules, and classes
 * that hold the network as an attribute.
 */
const WRAPPERS = [
  ...["module.", "_orig_mod.", "model.", "net.", "network.", "backbone."],
  "state_dict.",
];

/**
 * The prefixes of wrappers, in any nesting, that all names have in common, from none
 * to the longest: `""`, `"module."`, `"module._orig_mod."`.
 *
 * @param names of the weights in a state dict
 */
export function commonPrefixes(names: readonly string[]): string[] {
  const prefixes = [""];
  while (names.length > 0) {
    const prefix = prefixes.at(-1)!;
    const next = WRAPPERS.map((wrapper) => prefix + wrapper)
      .find((longer) => names.every((name) => name.startsWith(longer)));
    if (next === undefined) break;
    prefixes.push(next);
  }
  return prefixes;
}
