import { deepStrictEqual } from "node:assert/strict";
import {
  cellsAsModule,
  locateCells,
} from "../../tools/check/notebook_modules.ts";

Deno.test("cellsAsModule() keeps code cells in order and omits text", () => {
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [
      { cell_type: "code", source: ["const x = 1;\n", "x"] },
      { cell_type: "markdown", source: "# Text" },
      { cell_type: "code", source: "await Promise.resolve(x);" },
    ],
  };
  deepStrictEqual(
    cellsAsModule(JSON.stringify(notebook), "n.ipynb"),
    "// Cell 1\nconst x = 1;\nx\n\n// Cell 2\nawait Promise.resolve(x);\n\n" +
      "export {};\n",
  );
});

Deno.test("locateCells() converts a line of the module to a line of its cell", () => {
  const text = "// Cell 1\nconst x = 1;\nx\n\n// Cell 2\nlet y;\ny + 1;\n";
  const modules = [{ notebook: "n.ipynb", path: "/a/n.ipynb.ts", text }];
  deepStrictEqual(
    locateCells(
      "    at file:///a/n.ipynb.ts:7:1\n  also n.ipynb.ts:7",
      modules,
    ),
    "    at n.ipynb, cell 2, line 2\n  also n.ipynb.ts:7",
  );
});
