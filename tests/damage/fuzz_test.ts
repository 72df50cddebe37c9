/** Every reader against changed files; `deno task fuzz` tries many more. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { examine } from "../../tools/fuzz/examine.ts";
import { bytesOf, MUTATED_FILE } from "../../tools/fuzz/mutations.ts";
import { openReader } from "../../tools/fuzz/reader.ts";
import { READERS } from "../../tools/fuzz/readers.ts";
import { inFolder } from "../cli/program.ts";

const FILES = 200;

for (const reader of READERS) {
  Deno.test(`${reader.name}: each of ${FILES} changed files is read or refused in one line`, () =>
    inFolder(async (folder) => {
      const open = await openReader(reader, folder);
      for (const sample of open.samples) assert(sample.length > 0);
      const property = fc.asyncProperty(MUTATED_FILE, async (file) => {
        await examine(open, bytesOf(file, open.samples));
      });
      await fc.assert(property, { seed: 17, numRuns: FILES });
    }));
}
