import { BadInput } from "../bad_input.ts";
import { type PairedDifference, pairedDifference } from "./summary.ts";

/** The fields that identify the record of a network. */
export interface NetworkKey {
  readonly method: string;
  readonly seed: number;
  readonly scaled: boolean;
}

/**
 * One score of each record of a method, ordered by seed.
 *
 * @throws {BadInput} if a record lacks the score
 */
export function scoresOf<Row extends NetworkKey>(
  records: readonly Row[],
  { method, scaled, score }: {
    readonly method: string;
    readonly scaled: boolean;
    readonly score: string;
  },
): number[] {
  return recordsOf(records, method, scaled).map((record) => {
    const value = (record as Readonly<Record<string, unknown>>)[score];
    if (typeof value === "number") return value;
    throw new BadInput(`Cannot find ${score} in a record of ${method}`);
  });
}

/**
 * The difference in one score between methods `a` and `b`, paired by seed.
 *
 * @throws {BadInput} if the methods have different seeds
 */
export function pairedScores<Row extends NetworkKey>(
  records: readonly Row[],
  [a, b]: readonly [string, string],
  which: { readonly scaled: boolean; readonly score: string },
): PairedDifference {
  checkSeeds(records, [a, b], which.scaled);
  return pairedDifference(
    scoresOf(records, { method: a, ...which }),
    scoresOf(records, { method: b, ...which }),
  );
}

function recordsOf<Row extends NetworkKey>(
  records: readonly Row[],
  method: string,
  scaled: boolean,
): Row[] {
  return records
    .filter((record) => record.method === method && record.scaled === scaled)
    .toSorted((a, b) => a.seed - b.seed);
}

/** Scores are paired by position, so both methods need the same seeds. */
function checkSeeds(
  records: readonly NetworkKey[],
  [a, b]: readonly [string, string],
  scaled: boolean,
): void {
  const [seedsOfA, seedsOfB] = [a, b].map((method) =>
    recordsOf(records, method, scaled).map(({ seed }) => seed).join(", ")
  );
  if (seedsOfA === seedsOfB) return;
  throw new BadInput(
    `Cannot pair ${a} with ${b} as they need the same seeds: ${a} has ` +
      `${seedsOfA || "none"}, ${b} has ${seedsOfB || "none"}`,
  );
}
