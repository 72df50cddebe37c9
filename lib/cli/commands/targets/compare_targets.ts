import { BadInput } from "../../../bad_input.ts";
import { readVotes } from "../../../files/read_votes.ts";
import {
  compareWithVotes,
  FEWEST_WRONG_VOTES,
  type VotesComparison,
  type VoteScores,
} from "../../../smoothing/compare_with_votes.ts";
import type { MethodSpec } from "../../../smoothing/method.ts";
import type { TargetsOptions } from "../../../smoothing/targets_options.ts";
import type { Answer } from "../../command.ts";

/** A comparison as output, and what is worth knowing about it. */
export interface Compared extends Pick<Answer, "text"> {
  readonly json: object;
  readonly remarks: readonly string[];
}

/**
 * Compares the targets of methods with the votes of a file. Rows without votes are
 * left out, with a remark.
 *
 * @param methods at least one
 * @param path of the votes
 * @throws {BadInput} if the file is unusable, has another number of rows, or has
 * no votes
 */
export async function compareTargets(
  methods: readonly MethodSpec[],
  samples: TargetsOptions,
  path: string,
): Promise<Compared> {
  const { labels: { length: rows }, classes } = samples;
  const votes = await readVotes(path, { classes, rows });
  if (votes.rows !== rows) {
    throw new BadInput(
      `Cannot compare with votes: --logits has ${rows} rows, but --against ` +
        `${path} has ${votes.rows}`,
    );
  }
  const compared = methods.map((method) => ({
    method,
    ...compareWithVotes(method, votes, samples),
  }));
  const [{ withoutVotes }] = compared;
  return {
    json: { against: path, compared },
    text: compared.map(comparisonText).join(""),
    remarks: withoutVotes > 0
      ? [`${path}: ${withoutVotes} rows without votes are left out`]
      : [],
  };
}

function comparisonText(
  { method, targets, shape }: VotesComparison & {
    readonly method: MethodSpec;
  },
): string {
  const name = "temperature" in method
    ? `${method.name} at temperature ${method.temperature}`
    : method.name;
  return `${name}: ${scoresText(targets)}\n` +
    `${name}, shape over the wrong classes: ${
      shape === null ? "no rows" : scoresText(shape)
    } with at least ${FEWEST_WRONG_VOTES} votes for these\n`;
}

function scoresText({ crossEntropy, entropy, samples }: VoteScores): string {
  return `cross-entropy to the votes ${
    crossEntropy.toFixed(4)
  }, their entropy ` +
    `${entropy.toFixed(4)}, ${samples} rows`;
}
