import type { Probabilities } from "../../matrix_kinds.ts";

/** Classes of a row that a text names. */
const NAMED = 3;

/** Probability that a text names, unless it is the largest. */
const LEAST = 0.005;

/**
 * The most probable classes of a row, up to three of at least half a per cent:
 * "Coat 62 %, Shirt 20 %, Pullover 9 %".
 */
export function likelyClasses(
  { data, columns }: Probabilities,
  row: number,
  classNames: readonly string[],
): string {
  const own = data.subarray(row * columns, (row + 1) * columns);
  return Array.from(own.keys())
    .toSorted((a, b) => own[b] - own[a] || a - b)
    .slice(0, NAMED)
    .filter((k, place) => place === 0 || own[k] >= LEAST)
    .map((k) => `${classNames[k]} ${share(own[k])}`)
    .join(", ");
}

/** A probability in per cent; one that is nearly 1 is not printed as 100. */
function share(probability: number): string {
  const text = (100 * probability).toFixed(0);
  return text === "100" && probability < 0.9995
    ? `${(100 * probability).toFixed(1)}\u00a0%`
    : `${text}\u00a0%`;
}
