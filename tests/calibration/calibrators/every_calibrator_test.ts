/** What holds for every calibrator. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { applyCalibration } from "../../../lib/calibration/calibrators/calibration_map.ts";
import type { CalibratorParameters } from "../../../lib/calibration/calibrators/calibrator.ts";
import {
  CALIBRATOR_NAMES,
  type CalibratorName,
  CALIBRATORS,
} from "../../../lib/calibration/calibrators/calibrators.ts";
import { exportCalibrator } from "../../../lib/calibration/calibrators/export_calibrator.ts";
import { row } from "../../../lib/matrix.ts";
import { asLogits, type Logits, logitsOf } from "../../../lib/matrix_kinds.ts";
import { softmax } from "../../../lib/logits/softmax.ts";
import { stream } from "../../../lib/random.ts";
import { assertClose } from "../close.ts";
import { REFERENCE } from "../reference.ts";

const [{ validation, logits: others }] = REFERENCE;
const { logits, labels } = validation;
const CLASSES = logits.columns;

const MIXING: readonly CalibratorName[] = [
  "matrix",
  "structured-matrix",
  "dirichlet",
];

/** Logits in which every third row has -Infinity for a class that is not its label. */
function masked({ data, rows, columns }: Logits): Logits {
  const holes = Float64Array.from(data);
  for (let i = 0; i < rows; i += 3) {
    holes[i * columns + (labels[i] + 1) % columns] = -Infinity;
  }
  return asLogits({ data: holes, rows, columns });
}

function assertSameProbabilities(
  actual: Logits,
  expected: Logits,
  tolerance: number,
): void {
  const [a, b] = [softmax(actual).data, softmax(expected).data];
  assert.equal(a.length, b.length);
  a.forEach((p, at) => assertClose(p, b[at], tolerance));
}

for (const name of CALIBRATOR_NAMES) {
  const calibrator = CALIBRATORS[name];
  const fit = calibrator.fit(logits, labels);

  Deno.test(`${name}: parameters survive JSON, and give the same map`, () => {
    assert.equal(calibrator.name, name);
    const stored = JSON.parse(JSON.stringify(fit.parameters));
    assert.deepEqual(stored, fit.parameters);
    assert.deepEqual(
      applyCalibration(
        { by: name, classes: CLASSES, parameters: stored },
        others,
      ),
      fit.apply(others),
    );
    assert.ok(calibrator.describe(fit.parameters, 3).length > 0);
    assert.ok(fit.apply(others).data.every(Number.isFinite));
  });

  Deno.test(`${name}: the log loss of the rows of the fit does not rise`, () => {
    const plain = meanLogLoss(logits);
    const calibrated = meanLogLoss(fit.apply(logits));
    assert.ok(calibrated < plain, `${calibrated}`);
  });

  Deno.test(`${name}: parameters that are incomplete or of other classes are refused`, () => {
    const refused = (parameters: CalibratorParameters, classes: number) =>
      assert.throws(
        () => applyCalibration({ by: name, classes, parameters }, others),
        { name: "BadInput" },
      );
    for (const key of Object.keys(fit.parameters)) {
      const { [key]: value, ...rest } = fit.parameters;
      refused(rest, CLASSES);
      refused({ ...rest, [key]: NaN }, CLASSES);
      if (Array.isArray(value)) {
        refused({ ...rest, [key]: value.slice(1) }, CLASSES);
      }
    }
    refused({ ...fit.parameters, other: 1 }, CLASSES);
    refused(fit.parameters, CLASSES + 1);
  });

  Deno.test(`${name}: logits that are no numbers, or only -Infinity, are refused`, () => {
    const map = { by: name, classes: CLASSES, parameters: fit.parameters };
    for (const z of [NaN, Infinity]) {
      assert.throws(
        () => applyCalibration(map, logitsOf([[0, 1, 2, z]])),
        { name: "BadInput", message: /finite or -Infinity: row 0 contains/ },
      );
      const wrong = logitsOf([[0, 1, 2, z]]);
      assert.throws(() => calibrator.fit(wrong, Int32Array.of(0)), {
        name: "BadInput",
      });
    }
    const nothing = logitsOf([Array(CLASSES).fill(-Infinity)]);
    assert.throws(() => applyCalibration(map, nothing), {
      name: "BadInput",
      message: /row 0 contains only -Infinity/,
    });
  });

  Deno.test(`${name}: the fit does not depend on the order of rows`, () => {
    const order = stream(1, "order").permutation(labels.length);
    const shuffled = logitsOf(Array.from(order, (i) => [...row(logits, i)]));
    const again = calibrator.fit(shuffled, order.map((i) => labels[i]));
    assertSameProbabilities(again.apply(others), fit.apply(others), 1e-7);
  });

  if (MIXING.includes(name)) {
    Deno.test(`${name} mixes classes, and refuses -Infinity`, () => {
      assert.equal(calibrator.mixesClasses, true);
      const message =
        /as it mixes the classes, so no logit may be -Infinity: row 0 \(from 0\) has one$/;
      const error = { name: "BadInput", message };
      assert.throws(() => calibrator.fit(masked(logits), labels), error);
      assert.throws(() => fit.apply(masked(logits)), error);
    });
  } else {
    Deno.test(`${name} keeps classes at -Infinity at probability 0`, () => {
      const holes = masked(logits);
      const fitted = calibrator.fit(holes, labels);
      const { data } = fitted.apply(holes);
      data.forEach((z, at) =>
        assert.equal(z === -Infinity, holes.data[at] === -Infinity)
      );
      assert.ok(!data.some(Number.isNaN));
    });

    Deno.test(`${name}: a class that is masked in all rows changes nothing`, () => {
      const wider = (rows: Logits) =>
        logitsOf(Array.from(
          { length: rows.rows },
          (_, i) => [...row(rows, i), -Infinity],
        ));
      const fitted = calibrator.fit(wider(logits), labels);
      assert.equal(fitted.problems, undefined);
      assertSameProbabilities(
        fitted.apply(wider(others)),
        wider(fit.apply(others)),
        1e-7,
      );
    });
  }
}

function meanLogLoss(z: Logits): number {
  const { data } = softmax(z);
  return -labels.reduce(
    (sum, label, i) => sum + Math.log(data[i * CLASSES + label]),
    0,
  ) / labels.length;
}

for (const name of ["temperature", "vector", "matrix", "logit-norm"] as const) {
  Deno.test(`${name} does not depend on the size of the logits`, () => {
    const { fit } = CALIBRATORS[name];
    for (const factor of [0.004, 1e4]) {
      const times = (z: Logits) => ({
        ...z,
        data: z.data.map((x) => factor * x),
      });
      assertSameProbabilities(
        fit(times(logits), labels).apply(times(others)),
        fit(logits, labels).apply(others),
        1e-7,
      );
    }
  });
}

Deno.test("exportCalibrator() writes modules that give the same probabilities, with types that hold", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const files: string[] = [];
    for (const by of CALIBRATOR_NAMES) {
      const { fit, mixesClasses } = CALIBRATORS[by];
      const rows = mixesClasses ? logits : masked(logits);
      const { parameters, apply } = fit(rows, labels);
      const { data } = softmax(apply(rows));
      for (const language of ["ts", "js"] as const) {
        const path = join(folder, `${by}.${language}`);
        const map = { by, classes: CLASSES, parameters };
        await Deno.writeTextFile(path, exportCalibrator(map, language));
        if (language === "ts") files.push(path);
        const { calibrate } = await import(pathToFileURL(path).href);
        for (let i = 0; i < rows.rows; i++) {
          const p: number[] = calibrate(row(rows, i));
          assert.equal(p.length, CLASSES);
          p.forEach((value, k) =>
            assertClose(value, data[i * CLASSES + k], 1e-13, `${by} row ${i}`)
          );
        }
        const wrong = mixesClasses ? -Infinity : NaN;
        for (const z of [[1, 2], [1, 2, 3, wrong]]) {
          assert.throws(() => calibrate(z), { name: "RangeError" });
        }
      }
    }
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--no-config", ...files],
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
