import assert from "node:assert/strict";
import { formatNotebook } from "../../lib/reproduce/format_notebook.ts";
import { parseNotebook, titleOf } from "../../lib/reproduce/notebook.ts";
import { cell } from "./toy_notebook.ts";

Deno.test("formatNotebook() drops outputs and keeps source and tags", () => {
  const executed = {
    ...cell("const a = 1;  \r\na"),
    tags: ["raises-exception"],
    executionCount: 3,
    outputs: [{ output_type: "stream", text: "1" }],
  };
  const text = formatNotebook({ cells: [cell("# Title"), executed] });
  const [title, code] = parseNotebook(text, "toy").cells;
  assert.equal(title.source, "# Title");
  assert.equal(code.source, "const a = 1;\na");
  assert.deepEqual(code.tags, ["raises-exception"]);
  assert.deepEqual(code.outputs, []);
  assert.equal(code.executionCount, null);
});

Deno.test("formatNotebook() writes the metadata of this Deno's kernel, as JupyterLab does", () => {
  const { metadata } = JSON.parse(formatNotebook({ cells: [cell("# a")] }));
  assert.equal(metadata.language_info.version, Deno.version.typescript);
  assert.equal(metadata.kernelspec.display_name, "Deno");
});

Deno.test("formatNotebook() is idempotent", () => {
  const once = formatNotebook({ cells: [cell("# a"), cell("b"), cell("b")] });
  assert.equal(formatNotebook(parseNotebook(once, "toy")), once);
});

Deno.test("formatNotebook() derives unique ids from the text, not from the position", () => {
  const ids = (...sources: string[]) =>
    parseNotebook(formatNotebook({ cells: sources.map(cell) }), "toy")
      .cells.map(({ id }) => id);
  const [a, b] = ids("a", "b");
  assert.deepEqual(ids("b", "a", "c").slice(0, 2), [b, a]);
  assert.equal(new Set(ids("a", "a", "a")).size, 3);
});

Deno.test("parseNotebook() refuses a text that is not a notebook", () => {
  assert.throws(
    () => parseNotebook("{", "bad"),
    /^BadInput: Cannot read notebook bad: it is cut short$/,
  );
  assert.throws(
    () => parseNotebook('{"nbformat":3}', "bad"),
    /^BadInput: Cannot read notebook bad: nbformat must be 4: found 3$/,
  );
  assert.throws(
    () => parseNotebook('{"nbformat":4,"cells":[{"cell_type":"raw"}]}', "bad"),
    /^BadInput: Cannot read notebook bad: cells\[0\]\.cell_type must be one of "code", "markdown": found "raw"$/,
  );
});

Deno.test("parseNotebook() names the faulty key of a cell", () => {
  const cell = { cell_type: "code", source: ["a\n", "b"] };
  const cases: [content: unknown, fault: string][] = [
    [[], "it must be an object: found a list"],
    [{ nbformat: 4 }, "cells is missing: it must be a list"],
    [{ nbformat: 4, cells: [cell, 5] }, "cells[1] must be an object: found 5"],
    [
      { nbformat: 4, cells: [{ ...cell, source: 5 }] },
      "cells[0].source must be text or a list: found 5",
    ],
    [
      { nbformat: 4, cells: [{ ...cell, outputs: [{}] }] },
      "cells[0].outputs[0].output_type is missing: it must be text",
    ],
    [
      { nbformat: 4, cells: [{ ...cell, metadata: { tags: "a" } }] },
      'cells[0].metadata.tags must be a list: found "a"',
    ],
  ];
  for (const [content, fault] of cases) {
    assert.throws(() => parseNotebook(JSON.stringify(content), "bad"), {
      name: "BadInput",
      message: `Cannot read notebook bad: ${fault}`,
    });
  }
  const minimal = JSON.stringify({ nbformat: 4, cells: [cell] });
  assert.deepEqual(parseNotebook(minimal, "minimal"), {
    format: [4, 0],
    kernel: undefined,
    cells: [{
      kind: "code",
      id: "",
      source: "a\nb",
      tags: [],
      executionCount: null,
      outputs: [],
    }],
  });
});

Deno.test("titleOf() returns the first heading or the fallback", () => {
  const titled = parseNotebook(
    formatNotebook({ cells: [cell("# A title\n\n> q")] }),
    "toy",
  );
  assert.equal(titleOf(titled, "toy"), "A title");
  assert.equal(titleOf({ ...titled, cells: [] }, "toy"), "toy");
});
