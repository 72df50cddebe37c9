import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { instructionSets, loadWarning } from "../../bench/support/machine.ts";

Deno.test("instructionSets() finds those that oneDNN uses, of any processor", () => {
  const intel = "processor : 0\nflags\t\t: fpu sse2 avx2 avx512f amx_bf16\n";
  deepStrictEqual(instructionSets(intel), ["avx2", "avx512f", "amx_bf16"]);
  deepStrictEqual(instructionSets("Features\t: fp asimd sve\n"), [
    "asimd",
    "sve",
  ]);
  deepStrictEqual(instructionSets(""), []);
});

Deno.test("loadWarning() warns above a load of 0.5", () => {
  strictEqual(loadWarning(0.5), undefined);
  strictEqual(
    loadWarning(1.25),
    "Warning: the load is 1.3; measure on an idle machine",
  );
});
