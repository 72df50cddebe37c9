import assert from "node:assert/strict";
import { parseFlags } from "../../../lib/cli/flags/command_line.ts";
import { optional } from "../../../lib/cli/flags/flags.ts";
import {
  namedPathLists,
  namedPaths,
  paths,
  splitPaths,
} from "../../../lib/cli/flags/path_lists.ts";
import { withWriter } from "../inputs/scores.ts";

const FLAGS = {
  run: optional(paths("RUN", "runs")),
  logits: optional(namedPaths("L", "logits")),
  also: optional(namedPathLists("NAME=L,Y", "others")),
};
const parse = (...args: string[]) => parseFlags(args, FLAGS);

Deno.test("splitPaths() splits at commas, except within files that exist", () => {
  const exists = (path: string) => ["a,b", "c, d,e", "f"].includes(path);
  const split: [string, string[]][] = [
    ["x,y", ["x", "y"]],
    ["a,b", ["a,b"]],
    ["f,a,b,f", ["f", "a,b", "f"]],
    ["c, d,e,a,b", ["c, d,e", "a,b"]],
    ["a,c", ["a", "c"]],
    ["", [""]],
    ["f,", ["f", ""]],
  ];
  for (const [text, parts] of split) {
    assert.deepEqual(splitPaths(text, exists), parts);
  }
});

Deno.test("flags of several paths may be repeated", () => {
  assert.deepEqual(parse("--run", "a,b", "--run=c").run, ["a", "b", "c"]);
  assert.deepEqual(parse("--logits", "x=a", "--logits", "b").logits, [
    { name: "x", path: "a" },
    { name: undefined, path: "b" },
  ]);
  assert.deepEqual(parse("--also", "s=a,b", "--also", "t=c,d").also, [
    { name: "s", paths: ["a", "b"] },
    { name: "t", paths: ["c", "d"] },
  ]);
});

Deno.test("a name ends at the first =, and contains no folder", () => {
  assert.deepEqual(parse("--logits", "x=a=b,lr=0.1,d/e=f").logits, [
    { name: "x", path: "a=b" },
    { name: "lr", path: "0.1" },
    { name: undefined, path: "d/e=f" },
  ]);
});

Deno.test("a comma separates files with keys, but may be part of a key", () =>
  withWriter(async ({ text }) => {
    const [a, b] = [await text("a.csv", "x"), await text("b.csv", "x")];
    const pathsOf = (value: string) =>
      parse("--logits", value).logits!.map(({ name, path }) => [name, path]);
    assert.deepEqual(pathsOf(`${a}:x,${b}:y,${a}`), [
      [undefined, `${a}:x`],
      [undefined, `${b}:y`],
      [undefined, a],
    ]);
    assert.deepEqual(pathsOf(`m=${a}:x,n=${b}:y`), [
      ["m", `${a}:x`],
      ["n", `${b}:y`],
    ]);
    assert.deepEqual(pathsOf(`${a}:x,y`), [[undefined, `${a}:x,y`]]);
    assert.deepEqual(parse("--also", `s=${a}:x,${b}:y`).also, [
      { name: "s", paths: [`${a}:x`, `${b}:y`] },
    ]);
  }));

Deno.test("empty paths are refused", () => {
  for (const value of ["", "a,", "x="]) {
    assert.throws(
      () => parse(`--logits=${value}`),
      /^BadInput: --logits must not be empty$/,
    );
  }
});
