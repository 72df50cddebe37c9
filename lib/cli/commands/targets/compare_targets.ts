import { BadInput } from "../../../bad_input.ts";
import { readVotes } from "../../../files/read_votes.ts";
import {
  compareWithVotes,
  FEWEST_WRONG_VOTES,
  type VoteScores,
} from "../../../smoothing/compare_with_votes.ts";
import type { MethodSpec } from "../../../smoothing/method.ts";
import type { TargetsOptions } from "../../../smoothing/targets_options.ts";
import type { Answer, Context } from "../../command.ts";

/**
 * Compares a method's targets with the votes of a file. Rows without votes are left
 * out, with a remark.
 *
 * @throws {BadInput} if the file is unusable, has another number of rows, or has
 * no votes
 */
export async function compareTargets(
  method: MethodSpec,
  samples: TargetsOptions,
  { path, log }: { readonly path: string } & Pick<Context, "log">,
): Promise<Pick<Answer, "text"> & { readonly json: object }> {
  const votes = await readVotes(path, samples);
  const rows = samples.labels.length;
  if (votes.rows !== rows) {
    throw new BadInput(
      `Cannot compare with votes: --logits has ${rows} rows, but --against ` +
        `${path} has ${votes.rows}`,
    );
  }
  const compared = compareWithVotes(method, votes, samples);
  const { targets, shape, withoutVotes } = compared;
  if (withoutVotes > 0) {
    log(`${path}: ${withoutVotes} rows without votes are left out\n`);
  }
  const name = "temperature" in method
    ? `${method.name} at temperature ${method.temperature}`
    : method.name;
  return {
    json: { against: { path, ...compared } },
    text: `Targets of ${name} against ${path}: ${scoresText(targets)}\n` +
      `Their shape over the wrong classes: ${
        shape === null ? "no rows" : scoresText(shape)
      } with at least ${FEWEST_WRONG_VOTES} votes for these\n`,
  };
}

function scoresText({ crossEntropy, entropy, samples }: VoteScores): string {
  return `cross-entropy ${crossEntropy.toFixed(4)}, entropy of the votes ` +
    `${entropy.toFixed(4)}, ${samples} rows`;
}
