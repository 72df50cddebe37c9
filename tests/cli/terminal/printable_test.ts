import assert from "node:assert/strict";
import { printable } from "../../../lib/cli/terminal/printable.ts";

/** Texts and what a terminal receives. */
const CASES: readonly [string, string][] = [
  ["plain é 日本 😀\tand\n", "plain é 日本 😀\tand\n"],
  ["\x1b[31mred", "\\u001b[31mred"],
  ["\x1b]0;title\x07", "\\u001b]0;title\\u0007"],
  ["\x9b2J", "\\u009b2J"],
  ["abc\rxyz", "abc\\u000dxyz"],
  ["\u202Egnp.exe", "\\u202egnp.exe"],
  ["\u2066a\u2069", "\\u2066a\\u2069"],
  ["\x7f\0", "\\u007f\\u0000"],
  // How this program redraws a line.
  ["\r\x1b[Kepoch \x1b[2J", "\r\x1b[Kepoch \\u001b[2J"],
  ["\x1b[3A\r\x1b[Jrun", "\x1b[3A\r\x1b[Jrun"],
  ["x\x1b[3A\r\x1b[J", "x\\u001b[3A\\u000d\\u001b[J"],
];

for (const [text, shown] of CASES) {
  Deno.test(`printable() of ${JSON.stringify(text)}`, () => {
    assert.equal(printable(text), shown);
  });
}

Deno.test("printable() keeps the value of JSON", () => {
  const value = { name: '\x1b[31m\x9b\u202E"\\' };
  assert.deepEqual(JSON.parse(printable(JSON.stringify(value))), value);
});
