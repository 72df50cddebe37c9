import { BadInput } from "../../bad_input.ts";
import { flagName } from "../flags/flag_name.ts";
import type { KindValues } from "./score_flags.ts";

/** What files of scores contain. */
export interface ScoreKind {
  /** Undefined for logits that must look like logits. */
  readonly of:
    | "probabilities"
    | "logProbabilities"
    | "votes"
    | "asLogits"
    | undefined;
  /** Whether they are one column, the scores of class 1 of two. */
  readonly binary: boolean;
  /** Smallest probability. */
  readonly floor: number | undefined;
}

const KINDS = [
  "probabilities",
  "logProbabilities",
  "votes",
  "asLogits",
] as const;

/**
 * The kind of scores that flags name.
 *
 * @throws {BadInput} if they name several
 */
export function scoreKind(values: KindValues): ScoreKind {
  const given = KINDS.filter((kind) => values[kind]);
  if (given.length > 1) {
    throw new BadInput(
      `${given.map(flagName).join(" and ")} exclude each other`,
    );
  }
  const { binary, floor } = values;
  if (binary && values.votes) {
    throw new BadInput(
      "--votes and --binary exclude each other: votes need a column per class",
    );
  }
  return { of: given[0], binary, floor };
}
