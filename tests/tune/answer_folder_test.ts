import assert from "node:assert/strict";
import { join } from "node:path";
import { BadInput } from "../../lib/bad_input.ts";
import {
  checkAnswerFolder,
  writeAnswer,
} from "../../lib/tune/answer_folder.ts";
import { inFolder, listing } from "../cli/program.ts";

const ANSWER = { "tune.json": "[]\n", "ls.svg": "<svg/>" };

Deno.test("writeAnswer() creates the folder, or replaces an earlier answer", () =>
  inFolder(async (cwd) => {
    const folder = join(cwd, "below", "answer");
    await writeAnswer(folder, { ...ANSWER, "ils.svg": "<svg/>" });
    await checkAnswerFolder(folder);
    await writeAnswer(`${folder}/`, ANSWER);
    assert.deepEqual(
      Object.keys(listing(cwd)).map((path) => path.slice(cwd.length)).sort(),
      [
        ...["/below", "/below/answer", "/below/answer/SHA256SUMS"],
        ...["/below/answer/ls.svg", "/below/answer/tune.json"],
      ],
    );
  }));

Deno.test("several processes may write an answer at once", () =>
  inFolder(async (cwd) => {
    const folder = join(cwd, "answer");
    const files = { ...ANSWER, "table.md": "" };
    for (let round = 0; round < 20; round++) {
      await Promise.all(
        Array.from({ length: 5 }, () => writeAnswer(folder, files)),
      );
      assert.equal(Object.keys(listing(cwd)).length, 5);
    }
  }));

Deno.test("an answer replaces no other folder and leaves no temporary files", () =>
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
        `Cannot write into ${folder} as it must be new, empty or an answer of ` +
          `ils tune: it contains ${names.at(-1)}`,
      );
      await assert.rejects(checkAnswerFolder(folder), refusal);
      await assert.rejects(writeAnswer(folder, ANSWER), refusal);
      assert.deepEqual(listing(cwd), before);
    }
  }));

Deno.test("an answer does not replace a folder with a foreign tune.json", () => {
  const record = {
    method: "ls",
    epsilon: 0.1,
    scores: "probabilities",
    seed: 1,
    run: "a-run",
    candidate: true,
    state: "done",
    reason: null,
    validationLogLoss: 0.5,
    validationAccuracy: 0.8,
  };
  const cases: [content: string, fault: string][] = [
    ["", "it is empty"],
    [JSON.stringify([record]).slice(0, 50), "it is cut short"],
    ["search: grid", "it is not JSON"],
    ['{"trials": 5}', "it must be a list: found an object"],
    ['[{"trial": 5}]', "[0].method is missing: it must be text"],
    [
      JSON.stringify([record, { ...record, state: "lost" }]),
      '[1].state must be one of "done", "failed": found "lost"',
    ],
    [
      JSON.stringify([{ ...record, epsilon: [0.1] }]),
      "[0].epsilon must be a number or text or true or false or null: " +
      "found a list",
    ],
  ];
  return inFolder(async (cwd) => {
    const folder = join(cwd, "mine");
    await Deno.mkdir(folder);
    const path = join(folder, "tune.json");
    for (const [content, fault] of cases) {
      await Deno.writeTextFile(path, content);
      await assert.rejects(
        checkAnswerFolder(folder),
        new BadInput(
          `Cannot write into ${folder} as it must be new, empty or an answer ` +
            `of ils tune: ${path}: ${fault}`,
        ),
      );
    }
    await Deno.writeTextFile(path, JSON.stringify([record]));
    await checkAnswerFolder(folder);
  });
});

Deno.test("an answer with a changed file is not replaced", () =>
  inFolder(async (cwd) => {
    const folder = join(cwd, "answer");
    const files = { "tune.json": "[]\n", "chosen.json": '[{"points": 5}]\n' };
    for (
      const [name, from, to] of [
        ["chosen.json", "5", "6"],
        ["tune.json", "[]", "[ ]"],
        ["SHA256SUMS", "chosen", "choosen"],
      ]
    ) {
      await writeAnswer(folder, files);
      const path = join(folder, name);
      const text = await Deno.readTextFile(path);
      await Deno.writeTextFile(path, text.replace(from, to));
      await assert.rejects(
        checkAnswerFolder(folder),
        new BadInput(
          `Cannot write into ${folder} as it must be new, empty or an answer ` +
            `of ils tune: ${path} was changed after it was written: its hash ` +
            `is not that in SHA256SUMS (remove ${folder} and run again)`,
        ),
      );
      await Deno.remove(folder, { recursive: true });
    }
    await writeAnswer(folder, files);
    await Deno.remove(join(folder, "chosen.json"));
    await checkAnswerFolder(folder);
    // Older versions write no hashes.
    await Deno.remove(join(folder, "SHA256SUMS"));
    await Deno.writeTextFile(join(folder, "tune.json"), "[ ]");
    await checkAnswerFolder(folder);
  }));

Deno.test("an answer that another process replaces while it is checked is not changed", () =>
  inFolder(async (cwd) => {
    const folder = join(cwd, "answer");
    const answer = (points: number) => (
      { "tune.json": "[]\n", "chosen.json": `[{"points": ${points}}]\n` }
    );
    await writeAnswer(folder, answer(5));
    const { readFile } = Deno;
    let replaced = false;
    Object.assign(Deno, {
      readFile: async (path: string) => {
        if (path.endsWith("chosen.json") && !replaced) {
          replaced = true;
          await writeAnswer(folder, answer(6));
        }
        return await readFile(path);
      },
    });
    try {
      await checkAnswerFolder(folder);
    } finally {
      Object.assign(Deno, { readFile });
    }
    assert(replaced);
  }));
