/** The study's claims and what became of them here. */
import { signedText } from "../../tables/decimal_text.ts";
import type { Direction, SyntheticClaim } from "./index_data.ts";
import { digitsOf, intervalText, plainName, scoreName } from "./wording.ts";

/** One claim of the study, judged. */
export interface Claim {
  readonly text: string;
  readonly verdict: "reproduced" | "not reproduced" | "undecided";
  /** The published difference, and ours with its interval. */
  readonly numbers: string;
}

const VERDICTS: Readonly<Record<string, Claim["verdict"]>> = {
  "same direction": "reproduced",
  "other direction": "not reproduced",
  "published as equal": "not reproduced",
  reproduced: "reproduced",
  "not reproduced": "not reproduced",
};

/** The order in which a page lists claims. */
export const CLAIM_ORDER: readonly Claim["verdict"][] = [
  "reproduced",
  "not reproduced",
  "undecided",
];

/**
 * The published differences as claims. Accuracy counts once, since temperature
 * scaling does not change it; nor does a student have its own scaling.
 */
export function directionClaims(directions: readonly Direction[]): Claim[] {
  return directions
    .filter(({ score, scaled }) => !(scaled && score === "accuracy, %"))
    .map((row): Claim => {
      const { published, ours, low, high, score } = row;
      const digits = digitsOf(score);
      return {
        text: directionText(row),
        verdict: VERDICTS[row.verdict] ?? "undecided",
        numbers: numbersText(
          signedText(published, digits),
          intervalText({ mean: ours, low, high }, digits),
        ),
      };
    });
}

/** "LS has lower ECE than plain training (both scaled)". */
function directionText(
  { difference, score, scaled, published }: Direction,
): string {
  const [a, b] = difference.split(" − ").map(claimName);
  const name = scoreName(score);
  const when = !scaled
    ? ""
    : score.startsWith("student")
    ? " (scaled teachers)"
    : " (both scaled)";
  if (published === 0) return `${a} and ${b} have the same ${name}${when}`;
  const verb = published > 0 ? "higher" : "lower";
  return `${a} has ${verb} ${name} than ${b}${when}`;
}

function claimName(method: string): string {
  return method === "ls" ? "LS" : plainName(method);
}

/** The claims of the synthetic study, with the score that each is about. */
export function syntheticClaims(rows: readonly SyntheticClaim[]): Claim[] {
  return rows.map(
    ({ claim, score, published, difference, low, high, verdict }) => {
      const digits = score === "log loss" ? 4 : 2;
      return {
        text: `${claim} (${scoreName(score)})`,
        verdict: VERDICTS[verdict] ?? "undecided",
        numbers: numbersText(
          signedText(published, digits),
          intervalText({ mean: difference, low, high }, digits),
        ),
      };
    },
  );
}

function numbersText(published: string, ours: string): string {
  return `study ${published}; here ${ours}`;
}

/** "4 reproduced, 0 not reproduced, 16 undecided". */
export function claimCounts(claims: readonly Claim[]): string {
  return CLAIM_ORDER.map((verdict) =>
    `${claims.filter((claim) => claim.verdict === verdict).length} ${verdict}`
  ).join(", ");
}
