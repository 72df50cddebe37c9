/** Damaged files on the command line: exit code 2, one line, nothing written. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { ils, inFolder, writeInputs } from "../cli/program.ts";
import {
  cutShort,
  type Damage,
  danglingLink,
  flipped,
  folder,
  snapshot,
} from "./damages.ts";

const EVALUATE = ["evaluate", "--logits", "L.npy", "--labels", "Y.npy"];
const TARGETS = [
  ...["targets", "--method", "ls", "--epsilon", "0.1", "--out", "T.npy"],
  ...["--logits", "L.npy", "--labels", "Y.npy"],
];

/** Command, file, damage and message. */
const ROWS: readonly (readonly [string[], string, Damage, RegExp])[] = [
  [EVALUATE, "L.npy", cutShort(0.9), /^Cannot read L\.npy: it is cut short, /],
  [EVALUATE, "Y.npy", danglingLink, /^Cannot read Y\.npy: it is a link to /],
  [
    TARGETS,
    "L.npy",
    flipped(1),
    /^Cannot read L\.npy: it is not a \.npy file$/,
  ],
  [TARGETS, "Y.npy", folder, /^Cannot read Y\.npy: it is a folder$/],
  [
    ["run", "a", "--plan", "L.npy"],
    "Y.npy",
    cutShort(),
    /^L\.npy: it is not JSON/,
  ],
];

for (const [args, file, damage, message] of ROWS) {
  Deno.test(`ils ${args[0]} refuses a damaged file: ${message.source}`, () =>
    inFolder(async (cwd) => {
      await writeInputs(cwd);
      await damage(join(cwd, file));
      const before = snapshot(cwd);
      const { code, stdout, stderr } = await ils(args, { cwd });
      assert.equal(code, 2, stderr);
      assert.equal(stdout, "");
      assert.match(stderr, /^[^\n]+\n$/);
      assert.match(stderr.trimEnd(), message);
      assert.deepEqual(snapshot(cwd), before);
    }));
}
