/** Paired intervals and bands against SciPy's bootstrap. */
import { compareModels } from "../../lib/calibration/compare_models.ts";
import { modelDiagrams } from "../../lib/calibration/model_diagrams.ts";
import { asLogits } from "../../lib/matrix_kinds.ts";
import record from "../fixtures/bootstrap_reference.json" with { type: "json" };
import { assertClose } from "./close.ts";
import { REFERENCE } from "./reference.ts";

const { logits: first, labels } = REFERENCE[0];
const { data, rows, columns } = first;
// As the script does.
const second = asLogits({
  data: data.map((z, at) => z / 1.9 + 0.4 * (at % columns)),
  rows,
  columns,
});
const settings = { bins: record.bins, resamples: 4000 };

/** Of the width of an interval: the ends of two bootstraps differ by less. */
const SHARE = 0.06;

Deno.test("compareModels() has the paired intervals of SciPy's bootstrap", async () => {
  const { difference } = await compareModels(
    [first, second].map((logits) => ({ logits, fits: [] })),
    labels,
    settings,
  );
  const found = difference(
    { model: 0, version: 0 },
    { model: 1, version: 0 },
  );
  for (const name of ["accuracy", "logLoss", "brier", "ece"] as const) {
    const { value, low, high } = record.differences[name];
    const tolerance = SHARE * (high - low);
    assertClose(found[name].value, value, 1e-12, name);
    assertClose(found[name].low, low, tolerance, `${name}Low`);
    assertClose(found[name].high, high, tolerance, `${name}High`);
  }
});

Deno.test("modelDiagrams() has the bands of SciPy's bootstrap", async () => {
  const [[{ bins }]] = await modelDiagrams(
    [{ logits: first, fits: [] }],
    labels,
    settings,
  );
  for (const { bin, count, low, high } of record.bands) {
    const tolerance = SHARE * (high - low);
    assertClose(bins[bin].count, count, 0, `count of bin ${bin}`);
    assertClose(bins[bin].accuracyLow, low, tolerance, `bin ${bin}, low`);
    assertClose(bins[bin].accuracyHigh, high, tolerance, `bin ${bin}, high`);
  }
});
