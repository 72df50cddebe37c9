import assert from "node:assert/strict";
import { join } from "node:path";
import { CALIBRATOR_NAMES } from "../../../lib/calibration/calibrators/calibrators.ts";
import { EXTENDED_METRIC_NAMES } from "../../../lib/calibration/extended_names.ts";
import { ROOT } from "../../../lib/files/project_root.ts";
import { assertClose } from "../close.ts";
import { explainedPairs } from "./error_deviations.ts";
import { allDeviations, roundedUp } from "./tables.ts";

/** Digits below this are rounding, which documents need not follow. */
const ROUNDING = 1e-14;

/** The cells of each row of a table, by the name in the first one. */
function rowsOf(document: string): Map<string, string[]> {
  const rows = document.matchAll(/^\| `([^`]+)` +\| (.*) \|$/gm);
  return new Map(
    Array.from(rows, ([, name, cells]) => [
      name,
      cells.split(" | ").map((cell) => cell.trim()),
    ]),
  );
}

Deno.test("docs/references.md states library, function and deviation of every comparison", () => {
  const rows = rowsOf(Deno.readTextFileSync(join(ROOT, "docs/references.md")));
  const deviations = Object.values(allDeviations()).flat();
  assert.deepEqual([...rows.keys()], deviations.map(({ name }) => name));
  for (const { name, library, compared, largest } of deviations) {
    const [documentedLibrary, documentedWith, text] = rows.get(name)!;
    assert.equal(documentedLibrary, library);
    assert.equal(documentedWith, compared);
    const documented = Number(text);
    assert.ok(largest <= Math.max(documented, ROUNDING), `${name}: ${largest}`);
    if (largest > ROUNDING) assert.equal(roundedUp(largest), text, name);
  }
});

Deno.test("every metric and calibrator is compared with a library", () => {
  const { Metrics: metrics, Calibrators: calibrators } = allDeviations();
  const names = (all: typeof metrics) => all.map(({ name }) => name);
  assert.deepEqual(names(metrics), EXTENDED_METRIC_NAMES);
  assert.deepEqual(names(calibrators), CALIBRATOR_NAMES);
  for (const { name, largest } of [...metrics, ...calibrators]) {
    assert.ok(largest < 1e-7, `${name}: ${largest}`);
  }
});

Deno.test("conventions of explainNumber() equal NumPy, scikit-learn and PyTorch", () => {
  const pairs = explainedPairs();
  assert.equal(pairs.length, 66);
  for (const { settings, pair: [ours, theirs] } of pairs) {
    assertClose(ours, theirs, 1e-12, JSON.stringify(settings));
  }
});

Deno.test("roundedUp() keeps one digit and never rounds down", () => {
  const texts = [0, 3e-17, 3.01e-17, 9.5e-9, 1e-7, 0.0123].map(roundedUp);
  assert.deepEqual(texts, ["0", "3e-17", "4e-17", "1e-8", "1e-7", "2e-2"]);
});
