import assert from "node:assert/strict";
import { textLines } from "../../lib/files/text_lines.ts";

const linesOf = (...chunks: string[]) =>
  Array.fromAsync(
    textLines(
      ReadableStream.from(chunks).pipeThrough(new TextEncoderStream()),
    ),
  );

Deno.test("textLines() splits lines independently of chunks", async () => {
  const expected = ["one", "", "two and", "three"];
  const text = "one\n\ntwo and\nthree\n";
  assert.deepEqual(await linesOf(text), expected);
  assert.deepEqual(await linesOf(...text), expected, "by letters");
  assert.deepEqual(await linesOf("one\n\ntwo ", "and\nth", "ree\n"), expected);
});

Deno.test("textLines() returns a last line without a line feed, and nothing for no text", async () => {
  assert.deepEqual(await linesOf("one\ntw", "o"), ["one", "two"]);
  assert.deepEqual(await linesOf(), []);
  assert.deepEqual(await linesOf(""), []);
});

Deno.test("textLines() keeps other separators in a line of JSON", async () => {
  const lines = ["a\u2028b", "c\u2029d", "e\u0085f"]
    .map((text) => JSON.stringify({ text }));
  assert(lines[0].includes("\u2028"), "JSON does not escape it");
  assert.deepEqual(await linesOf(`${lines.join("\n")}\n`), lines);
});
