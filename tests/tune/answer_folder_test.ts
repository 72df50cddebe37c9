import assert from "node:assert/strict";
import { join } from "node:path";
import { BadInput } from "../../lib/bad_input.ts";
import {
  checkAnswerFolder,
  writeAnswer,
} from "../../lib/tune/answer_folder.ts";
import { inFolder, listing } from "../cli/program.ts";

const ANSWER = { "tune.json": "[]\n", "ls.svg": "<svg/>" };

Deno.test("writeAnswer() makes the folder, or takes an earlier answer's place", () =>
  inFolder(async (cwd) => {
    const folder = join(cwd, "below", "answer");
    await writeAnswer(folder, { ...ANSWER, "ils.svg": "<svg/>" });
    await checkAnswerFolder(folder);
    await writeAnswer(`${folder}/`, ANSWER);
    assert.deepEqual(
      Object.keys(listing(cwd)).map((path) => path.slice(cwd.length)).sort(),
      ["/below", "/below/answer", "/below/answer/ls.svg"].concat(
        "/below/answer/tune.json",
      ),
    );
  }));

Deno.test("an answer takes no other folder's place, and leaves nothing behind", () =>
  inFolder(async (cwd) => {
    const folder = join(cwd, "mine");
    await checkAnswerFolder(folder);
    await Deno.mkdir(folder);
    await checkAnswerFolder(folder);
    for (const names of [["chosen.json"], ["tune.json", "thesis.tex"]]) {
      for (const name of names) {
        await Deno.writeTextFile(join(folder, name), "");
      }
      const before = listing(cwd);
      const refusal = new BadInput(
        `Cannot write into ${folder} as it must be new, empty or a choice of ` +
          `ils tune: it holds ${names.at(-1)}`,
      );
      await assert.rejects(checkAnswerFolder(folder), refusal);
      await assert.rejects(writeAnswer(folder, ANSWER), refusal);
      assert.deepEqual(listing(cwd), before);
    }
  }));
