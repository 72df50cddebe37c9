import assert from "node:assert/strict";
import { join } from "node:path";
import { z } from "zod";
import { BadInput } from "../../lib/bad_input.ts";
import {
  checksumOf,
  readCheckedJson,
  withChecksum,
} from "../../lib/files/checked_json.ts";
import { sha256 } from "../../lib/files/sha256.ts";
import { inFolder } from "../cli/program.ts";

const SCHEMA = z.object({ name: z.string(), loss: z.number() });
const RECORD = { name: "a", loss: 0.125, list: [1, { y: 2, x: 1 }] };

/** Calls a test with a path, and a function that reads a text at this path. */
function withText(
  test: (
    path: string,
    read: (text: string) => Promise<unknown>,
  ) => Promise<void>,
) {
  return inFolder(async (folder) => {
    const path = join(folder, "record.json");
    await test(path, async (text) => {
      await Deno.writeTextFile(path, text);
      return await readCheckedJson(path, SCHEMA, { remedy: "it" });
    });
  });
}

Deno.test("the checksum of a record is that of its JSON with sorted keys", () => {
  const canonical = '{"list":[1,{"x":1,"y":2}],"loss":0.125,"name":"a"}';
  assert.equal(checksumOf(RECORD), sha256(canonical));
  assert.deepEqual(Object.keys(withChecksum(RECORD)), [
    ...Object.keys(RECORD),
    "checksum",
  ]);
});

Deno.test("a record is read whatever its layout, the order of its keys, or its version", () =>
  withText(async (_, read) => {
    const { list, loss, name, checksum } = withChecksum(RECORD);
    const value = { name, loss };
    const other = { checksum, name, list, loss };
    assert.deepEqual(await read(JSON.stringify(other, null, 4)), value);
    // Older versions have no checksum.
    assert.deepEqual(await read('{"name": "a", "loss": 0.25}'), {
      ...value,
      loss: 0.25,
    });
  }));

Deno.test("every changed digit of a record is found, also where no version knows the key", () =>
  withText(async (path, read) => {
    const text = JSON.stringify(withChecksum(RECORD));
    const changed = new BadInput(
      `${path} was changed after it was written: its checksum is wrong ` +
        "(remove it and run again)",
    );
    for (const { 0: digit, index } of text.matchAll(/\d/g)) {
      const next = String((Number(digit) + 1) % 10);
      const other = text.slice(0, index) + next + text.slice(index + 1);
      await assert.rejects(read(other), changed);
    }
    const errors: unknown[] = [];
    await Deno.writeTextFile(path, text.replace("0.125", "0.126"));
    const record = await readCheckedJson(path, SCHEMA, {
      remedy: "it",
      onChanged: (error) => errors.push(error),
    });
    assert.deepEqual(record, { name: "a", loss: 0.126 });
    assert.deepEqual(errors, [changed]);
  }));
