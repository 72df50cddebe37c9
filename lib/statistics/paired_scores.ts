import { BadInput } from "../bad_input.ts";
import { type PairedDifference, pairedDifference } from "./summary.ts";

/** What tells the records of networks apart. */
export interface NetworkKey {
  readonly method: string;
  readonly seed: number;
  readonly scaled: boolean;
}

/**
 * One number of each record of a method, in the order of seeds.
 *
 * @throws {BadInput} if a record does not hold that number
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
 * One number of method `a` minus that of method `b`, in pairs of one seed.
 *
 * @throws {BadInput} if the two do not have the same seeds
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

/** Numbers are paired by their place, so each place must be of one seed. */
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
