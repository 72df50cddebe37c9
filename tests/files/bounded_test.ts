/** Small files that once took hours, all memory or the stack. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { openArrays } from "../../lib/files/arrays/open_arrays.ts";
import { scoreMatrix } from "../../lib/files/arrays/score_matrix.ts";
import { decodeNpyHeader } from "../../lib/files/npy_header.ts";
import { quoted, shown } from "../../lib/files/quoted.ts";
import { inFolder } from "../cli/program.ts";
import { npyBytes } from "./npy_samples.ts";

function openText(text: string) {
  return inFolder(async (folder) => {
    const path = join(folder, "a.csv");
    await Deno.writeTextFile(path, text);
    return await openArrays(path);
  });
}

Deno.test("a quote that is never closed is found after one pass over its lines", async () => {
  const text = 'a,b\n1,"\n' + "1,2\n".repeat(300_000);
  await assert.rejects(openText(text), {
    name: "BadInput",
    message: /line 2 opens a quote that is not closed$/,
  });
});

Deno.test("columns that turn to text one after the other are read in two passes", async () => {
  const size = 400;
  const rows = Array.from(
    { length: size },
    (_, i) =>
      Array.from({ length: size }, (_, k) => k < i ? "x" : "1").join(","),
  );
  const { arrays } = await openText(rows.join("\n"));
  const types = new Set(arrays.map(({ type }) => type));
  assert.deepEqual([...types].sort(), ["text", "whole"]);
});

Deno.test("a cell of blanks before a letter is text", async () => {
  const { arrays } = await openText(`1,2\n3,${" ".repeat(200_000)}x\n`);
  assert.deepEqual(arrays.map(({ type }) => type), ["whole", "text"]);
});

Deno.test("a line of more than a million cells is refused", async () => {
  await assert.rejects(openText(`${"1,".repeat(2 ** 20)}1\n`), {
    name: "BadInput",
    message: /line 1 has more than 1048576 cells$/,
  });
});

Deno.test("150,000 numbered columns are sorted by their numbers", async () => {
  const columns = Array.from({ length: 150_000 }, (_, k) => 150_000 - k);
  const header = columns.map((k) => `f${k}`).join(",");
  const file = await openText(`${header}\n${columns.join(".5,")}.5\n`);
  const options = { binary: false, labels: undefined };
  const { matrix } = scoreMatrix(file, undefined, options);
  assert.deepEqual([...matrix.data.slice(0, 3)], [1.5, 2.5, 3.5]);
});

Deno.test("a .npy array has at most 64 axes, and texts of at least one letter", () => {
  const header = (dtype: string, shape: string) =>
    npyBytes({
      header: `{'descr': '${dtype}', 'fortran_order': True, 'shape': ${shape}}`,
    });
  assert.throws(
    () => decodeNpyHeader(header("<f4", `(${"1,".repeat(65)})`), "a.npy"),
    { message: /its header is damaged, it has 65 axes, more than 64$/ },
  );
  return inFolder(async (folder) => {
    const path = join(folder, "a.npy");
    await Deno.writeFile(path, header("<U0", "(9999999999,)"));
    const { arrays: [array] } = await openArrays(path);
    assert.throws(() => array.read(), {
      name: "BadInput",
      message: /its type is text \(<U0\) but must be /,
    });
  });
});

Deno.test("names from files are quoted in one line without control characters", () => {
  assert.equal(shown("logits_1"), "logits_1");
  assert.equal(shown("a\n\u001b[2J\u0085"), '"a\\n\\u001b[2J\\u0085"');
  assert.equal(quoted("\u202eabc"), '"\\u202eabc"');
  assert.equal(quoted("x".repeat(99), 5), '"xxxxx…"');
});
