import { BadInput } from "../../bad_input.ts";
import type { StoredScores } from "../../files/arrays/score_matrix.ts";
import {
  binaryLogits,
  binaryLogProbabilities,
  binaryProbabilities,
} from "../../logits/binary_logits.ts";
import {
  logitsOfLogProbabilities,
  logitsOfProbabilities,
  logitsOfVotes,
} from "../../logits/from_probabilities.ts";
import { likelyKind, type Likeness } from "../../logits/likely_kind.ts";
import { storedPrecision } from "../../logits/stored_precision.ts";
import { asLogits, type Logits, type PlainMatrix } from "../../matrix_kinds.ts";
import type { ScoreKind } from "./score_kind.ts";

/** Deviation of a row's sum from 1 that is worth a remark. */
const NOTABLE = 1e-5;

/** Rows that show whether probabilities are in per cent. */
const SAMPLE = 1000;

/** Logits, and what was done to get them. */
export interface LogitsOfScores {
  readonly logits: Logits;
  readonly remarks: readonly string[];
}

/**
 * Scores of a kind as logits.
 *
 * @throws {BadInput} if rows are no scores of that kind, or look like another one
 */
export function logitsOfScores(
  { matrix, areWhole, source }: StoredScores,
  kind: ScoreKind,
): LogitsOfScores {
  checkNumbers(matrix, source);
  try {
    switch (kind.of) {
      case "probabilities":
        return ofProbabilities(matrix, source, kind);
      case "logProbabilities":
        return plain(logitsOfLogProbabilities(
          kind.binary ? binaryLogProbabilities(matrix.data) : matrix,
          { precision: storedPrecision(matrix) },
        ));
      case "votes":
        return plain(logitsOfVotes(matrix));
      case "asLogits":
      case undefined:
        if (kind.of === undefined) {
          checkLikeness(matrix, likelyKind(matrix, { areWhole }));
        }
        return plain(
          kind.binary ? binaryLogits(matrix.data) : asLogits(matrix),
        );
    }
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    throw new BadInput(`${source}: ${error.message}`);
  }
}

function plain(logits: Logits): LogitsOfScores {
  return { logits, remarks: [] };
}

function checkNumbers(matrix: PlainMatrix, source: string): void {
  const { data, columns } = matrix;
  checkRows(matrix, source);
  const bad = data.findIndex((value) => !(value < Infinity));
  if (bad < 0) return;
  throw new BadInput(
    `Cannot read scores from ${source}: row ${Math.floor(bad / columns)}, ` +
      `column ${bad % columns} (from 0) is ${data[bad]} but must be finite`,
  );
}

/** Refuses rows without any number above -Infinity. */
function checkRows({ data, rows, columns }: PlainMatrix, source: string): void {
  // A single column has the scores of one of two classes.
  if (columns === 1) return;
  for (let i = 0; i < rows; i++) {
    let at = i * columns;
    const end = at + columns;
    while (at < end && data[at] === -Infinity) at++;
    if (at < end) continue;
    throw new BadInput(
      `Cannot read scores from ${source}: row ${i} (from 0) is -Infinity in ` +
        "all columns but must have a finite number",
    );
  }
}

/** What rows that look like something else have in common, and the remedy. */
const LIKE: Readonly<Record<Likeness["kind"], readonly [string, string]>> = {
  probabilities: [
    "probabilities (at least 0, with a sum of 1)",
    "--probabilities if they are",
  ],
  percentages: [
    "percentages (at least 0, with a sum of 100)",
    "--probabilities if they are",
  ],
  votes: ["counts of votes (whole numbers)", "--votes if they are"],
  sigmoid: [
    "outputs of a sigmoid (in [0, 1], with any sum)",
    "the values in front of the sigmoid if they are",
  ],
};

function checkLikeness(
  { rows, columns }: PlainMatrix,
  likeness: Likeness | undefined,
): void {
  if (likeness === undefined) return;
  const [, remedy] = LIKE[likeness.kind];
  const give = columns === 1 ? "--binary --probabilities if they are" : remedy;
  throw new BadInput(
    `${likenessText(likeness, rows)}; give ${give}, or --as-logits if they ` +
      "are logits",
  );
}

/** What rows look like, in messages: "3 of 4 rows look like …". */
export function likenessText(
  { kind, rows }: Likeness,
  total: number,
): string {
  return `${rows} of ${total} rows look like ${LIKE[kind][0]}`;
}

function ofProbabilities(
  matrix: PlainMatrix,
  source: string,
  { binary }: ScoreKind,
): LogitsOfScores {
  if (binary) {
    return plain(logitsOfProbabilities(binaryProbabilities(matrix.data)));
  }
  const { rows, columns } = matrix;
  const start = matrix.data.subarray(0, SAMPLE * columns);
  const sample = { data: start, rows: Math.min(SAMPLE, rows), columns };
  const arePercentages = likelyKind(sample)?.kind === "percentages";
  const probabilities = arePercentages
    ? { data: Float64Array.from(matrix.data, (p) => p / 100), rows, columns }
    : matrix;
  const logits = logitsOfProbabilities(probabilities, {
    precision: storedPrecision(matrix),
  });
  const deviation = largestDeviation(probabilities);
  const remarks: string[] = [];
  if (arePercentages) remarks.push("percentages are divided by 100");
  if (deviation > NOTABLE) {
    remarks.push(
      "rows are divided by their sums, which differ from 1 by up to " +
        deviation.toPrecision(1),
    );
  }
  return {
    logits,
    remarks: remarks.map((remark) => `${source}: ${remark}`),
  };
}

function largestDeviation({ data, rows, columns }: PlainMatrix): number {
  let largest = 0;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let k = i * columns; k < (i + 1) * columns; k++) sum += data[k];
    largest = Math.max(largest, Math.abs(sum - 1));
  }
  return largest;
}
