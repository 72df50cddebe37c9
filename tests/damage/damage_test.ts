/**
 * Every kind of file that the project reads, damaged in every way: the damage is found
 * and named in one line, and nothing else in the folder changes.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { checkRefusal } from "../../tools/fuzz/examine.ts";
import {
  type OpenReader,
  openReader,
  type Reader,
} from "../../tools/fuzz/reader.ts";
import { READERS } from "../../tools/fuzz/readers.ts";
import { inFolder } from "../cli/program.ts";
import { goneWhenOpened, lettersOf, snapshot } from "./damages.ts";
import { ABSENT, type Kind, READ, type Row } from "./kinds.ts";
import { KINDS } from "./table.ts";

Deno.test("the table has at least 60 kinds, and every reader but one of them", () => {
  const rows = KINDS.flatMap(({ rows }) => rows);
  assert(rows.length >= 60, `${rows.length}`);
  // Their files are those of "mat" and "png".
  const others = ["svhn.mat", "png rows"];
  const readers = READERS.map(({ name }) => name)
    .filter((name) => !others.includes(name));
  assert.deepEqual(KINDS.map(({ reader }) => reader).sort(), readers.sort());
});

for (const kind of KINDS) {
  const reader = READERS.find(({ name }) => name === kind.reader)!;
  for (const row of kind.rows) {
    const [name] = row;
    Deno.test({
      name: `${kind.reader} ${name}: found and named`,
      // Root may read everything.
      ignore: name === "unreadable" && Deno.uid() === 0,
      fn: () => inFolder((folder) => check(folder, { kind, reader, row })),
    });
  }
}

async function check(
  folder: string,
  { kind, reader, row: [, damage, expected] }: {
    readonly kind: Kind;
    readonly reader: Reader;
    readonly row: Row;
  },
): Promise<void> {
  const open = await openReader(reader, folder);
  const path = join(folder, reader.file);
  await Deno.writeFile(path, await validFile(open, kind));
  if (damage !== "gone when opened") await damage(path);
  const before = snapshot(folder);
  const found = damage === "gone when opened"
    ? await outcome(async () => {
      using _ = goneWhenOpened(path);
      return await reader.read(folder, path);
    })
    : await outcome(() => reader.read(folder, path));
  if (damage === "gone when opened") delete before[path];
  assert.deepEqual(snapshot(folder), before);
  if (typeof expected === "string") {
    assert.equal(found, expected);
    return;
  }
  assert.match(found, expected);
  assert(!found.includes("\n"), found);
}

/** The message of the error, or what was read. */
async function outcome(read: () => Promise<unknown>): Promise<string> {
  try {
    return await read() === undefined ? ABSENT : READ;
  } catch (error) {
    checkRefusal(error);
    return (error as Error).message;
  }
}

/** A file that is read without an error, with the text of a kind. */
async function validFile(
  reader: OpenReader,
  { like = /./ }: Kind,
): Promise<Uint8Array<ArrayBuffer>> {
  for (const bytes of reader.samples) {
    if (!like.test(lettersOf(bytes))) continue;
    const found = await outcome(() => reader.read(bytes));
    if (found === READ) return bytes;
  }
  throw new Error("there is no valid file");
}
