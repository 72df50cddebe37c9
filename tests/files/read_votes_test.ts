import assert from "node:assert/strict";
import { join } from "node:path";
import { BadInput } from "../../lib/bad_input.ts";
import { readVotes } from "../../lib/files/read_votes.ts";
import { inFolder } from "../cli/program.ts";

/** Reads votes for three classes from a file with this text. */
function votesOf(text: string) {
  return inFolder(async (folder) => {
    const path = join(folder, "V.csv");
    await Deno.writeTextFile(path, text);
    try {
      return await readVotes(path, { classes: 3 });
    } catch (error) {
      const message = (error as Error).message.replace(path, "V.csv");
      throw error instanceof BadInput ? new BadInput(message) : error;
    }
  });
}

const READ: readonly [string, string][] = [
  ["a line per row", "8,1,1\n0,0,5\n"],
  ["no last line feed", "8,1,1\n0,0,5"],
  ["carriage returns and spaces", "8, 1, 1\r\n0, 0, 5\r\n\r\n"],
  ["a byte order mark", "\uFEFF8,1,1\n0,0,5\n"],
  ["numbers of numpy.savetxt", "8.0e+00,1.0e+00,1.0\n0.0e+00,0,5.00e+00\n"],
];
for (const [what, text] of READ) {
  Deno.test(`readVotes() reads counts with ${what}`, async () => {
    const { data, rows, columns } = await votesOf(text);
    assert.deepEqual([...data], [8, 1, 1, 0, 0, 5]);
    assert.deepEqual([rows, columns], [2, 3]);
  });
}

const WHOLE = "must be a whole number of at least 0: current value is";
const REFUSED: readonly [string, string, string][] = [
  [
    "a line with too few counts",
    "8,1,1\n0,5\n",
    "line 2 must have 3 counts, one for each class, separated by commas: it has 2",
  ],
  [
    "an empty line",
    "8,1,1\n\n0,0,5\n",
    "line 2 must have 3 counts, one for each class, separated by commas: it has none",
  ],
  [
    "an empty file",
    "",
    "line 1 must have 3 counts, one for each class, separated by commas: it has none",
  ],
  ["a header", "cat,dog,ship\n8,1,1\n", `line 1, column 1 ${WHOLE} cat`],
  ["a negative count", "8,1,1\n1,-2,5\n", `line 2, column 2 ${WHOLE} -2`],
  ["a fraction", "8,1,0.5\n", `line 1, column 3 ${WHOLE} 0.5`],
  ["an empty cell", "8,,1\n", `line 1, column 2 ${WHOLE} ""`],
  [
    "an infinite count",
    "8,Infinity,1\n",
    "line 1, column 2 must be a whole number of at least 0 and at most " +
    "2^53 - 1: current value is Infinity",
  ],
];
for (const [fault, text, message] of REFUSED) {
  Deno.test(`readVotes() refuses ${fault}`, () =>
    assert.rejects(
      votesOf(text),
      new BadInput(`Cannot read votes from V.csv: ${message}`),
    ));
}
