import { nameInText } from "../../plots/parts/name_in_text.ts";
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
    .map((k) => `${nameInText(classNames[k])} ${share(own[k])}`)
    .join(", ");
}

/** A probability in per cent; only certainty is printed as 100. */
function share(probability: number): string {
  if (probability < 1 && probability >= 0.9995) return ">\u00a099.9\u00a0%";
  const digits = probability < 1 && probability >= 0.995 ? 1 : 0;
  return `${(100 * probability).toFixed(digits)}\u00a0%`;
}
