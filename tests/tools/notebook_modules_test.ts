import { deepStrictEqual } from "node:assert/strict";
import { cellsAsModule } from "../../tools/check/notebook_modules.ts";

Deno.test("cellsAsModule() keeps code cells in order and leaves text out", () => {
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
