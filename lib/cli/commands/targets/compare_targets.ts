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
import { takeRows } from "../../../matrix.ts";
import type { Answer } from "../../command.ts";
import type { Teacher } from "../../inputs/teacher_files.ts";

/** A comparison as output, and what is worth knowing about it. */
export interface Compared extends Pick<Answer, "text"> {
  readonly json: object;
  readonly remarks: readonly string[];
}

/** Votes for the rows of a teacher's files. */
export interface VotesFile extends Pick<Teacher, "stored" | "kept"> {
  readonly path: string;
}

/**
 * Compares the targets of methods with the votes of a file. Rows without votes are
 * left out, with a remark.
 *
 * @param methods at least one
 * @param file the votes, with the rows of the files that the samples are
 * @throws {BadInput} if the file is unusable, has another number of rows, or has
 * no votes
 */
export async function compareTargets(
  methods: readonly MethodSpec[],
  samples: TargetsOptions,
  { path, stored: rows, kept }: VotesFile,
): Promise<Compared> {
  const { classes } = samples;
  const all = await readVotes(path, { classes, rows });
  if (all.rows !== rows) {
    throw new BadInput(
      `Cannot compare with votes: --logits has ${rows} rows, but --against ` +
        `${path} has ${all.rows}`,
    );
  }
  const votes = kept === undefined ? all : takeRows(all, kept);
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
