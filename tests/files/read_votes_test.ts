import assert from "node:assert/strict";
import { join } from "node:path";
import { BadInput } from "../../lib/bad_input.ts";
import { readVotes } from "../../lib/files/read_votes.ts";
import { inFolder } from "../cli/program.ts";

/** Reads votes for three classes from a file with this text. */
function votesOf(text: string, rows?: number) {
  return inFolder(async (folder) => {
    const path = join(folder, "V.csv");
    await Deno.writeTextFile(path, text);
    try {
      return await readVotes(path, {
        classes: 3,
        ...rows === undefined ? {} : { rows },
      });
    } catch (error) {
      const message = (error as Error).message.replaceAll(path, "V.csv");
      throw error instanceof BadInput ? new BadInput(message) : error;
    }
  });
}

const READ: readonly [string, string][] = [
  ["a line per row", "8,1,1\n0,0,5\n"],
  ["no last line feed", "8,1,1\n0,0,5"],
  ["a header", "cat,dog,ship\n8,1,1\n0,0,5\n"],
  ["an empty line", "8,1,1\n\n0,0,5\n"],
  ["tabs", "8\t1\t1\n0\t0\t5\n"],
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

Deno.test("readVotes() takes a first line of 0, 1, 2 for what the number of rows says", async () => {
  const text = "0,1,2\n8,1,1\n0,0,5\n";
  assert.equal((await votesOf(text)).rows, 2);
  assert.equal((await votesOf(text, 2)).rows, 2);
  assert.equal((await votesOf(text, 3)).rows, 3);
});

const WHOLE = "but must be a whole number of at least 0";
const REFUSED: readonly [string, string, string][] = [
  [
    "a line with too few counts",
    "8,1,1\n0,5\n",
    "Cannot read V.csv: line 2 has 2 cells, but the lines before it have 3",
  ],
  [
    "votes for fewer classes",
    "8,1\n0,5\n",
    "Cannot read votes from V.csv: it must have 3 counts in a row, one for each " +
    "class: it has 2",
  ],
  ["an empty file", "", "Cannot read V.csv: it is empty"],
  ...([
    ["a negative count", "8,1,1\n1,-2,5\n", "row 1, column 1 (from 0) is -2"],
    ["a fraction", "8,1,0.5\n", "row 0, column 2 (from 0) is 0.5"],
    ["an empty cell", "8,,1\n", "row 0, column 1 (from 0) is NaN"],
    ["an infinite count", "8,inf,1\n", "row 0, column 1 (from 0) is Infinity"],
  ] as const).map(([fault, text, found]): [string, string, string] => [
    fault,
    text,
    `Cannot read votes from V.csv: ${found} ${WHOLE}`,
  ]),
];
for (const [fault, text, message] of REFUSED) {
  Deno.test(`readVotes() refuses ${fault}`, () =>
    assert.rejects(
      votesOf(text),
      new BadInput(message),
    ));
}
