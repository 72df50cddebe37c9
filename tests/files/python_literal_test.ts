import assert from "node:assert/strict";
import { parsePythonLiteral } from "../../lib/files/python_literal.ts";

Deno.test("parsePythonLiteral() distinguishes a tuple of one from brackets", () => {
  assert.equal(parsePythonLiteral("(3)"), 3);
  assert.deepEqual(parsePythonLiteral("(3,)"), [3]);
  assert.deepEqual(parsePythonLiteral("()"), []);
  assert.deepEqual(parsePythonLiteral("((1, 2), )"), [[1, 2]]);
});

Deno.test("parsePythonLiteral() reads the header of a structured array", () => {
  const text = `[("a 'name'", '<f4'), ('b]', None, (2, -3L)), {'c': True}]`;
  assert.deepEqual(parsePythonLiteral(text), {
    list: [
      ["a 'name'", "<f4"],
      ["b]", null, [2, -3]],
      new Map([["c", true]]),
    ],
  });
});

Deno.test("parsePythonLiteral() ends a string only at its own quote", () => {
  assert.equal(parsePythonLiteral(`"it's"`), "it's");
  assert.equal(parsePythonLiteral(`'a\\'b'`), "a\\'b");
});

for (const text of ["(,)", "(1 2)", "[1", "1 2", "1.5", "Truer", "'a", "a"]) {
  Deno.test(`parsePythonLiteral() refuses ${text}`, () => {
    assert.throws(() => parsePythonLiteral(text), SyntaxError);
  });
}
