import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CALIBRATOR_NAMES } from "../../../lib/calibration/calibrators/calibrators.ts";
import { fitCalibrator } from "../../../lib/calibration/calibrators/fit_calibrator.ts";
import { compareCalibrators } from "../../../lib/calibration/compare_calibrators.ts";
import { readNpy, writeNpy } from "../../../lib/files/npy.ts";
import { softmax } from "../../../lib/logits/softmax.ts";
import { row } from "../../../lib/matrix.ts";
import { assertClose } from "../../calibration/close.ts";
import { REFERENCE } from "../../calibration/reference.ts";
import { ils, ilsJson, inFolder, listing } from "../program.ts";

const [{ validation, logits, labels }] = REFERENCE;
const VALIDATION = "--val-logits VL.npy --val-labels VY.npy";
const TEST = "--logits L.npy --labels Y.npy";

/** Writes the validation and test rows of the reference. */
async function writeRows(cwd: string): Promise<void> {
  const write = async (
    [z, y]: readonly [string, string],
    rows: typeof validation,
  ) => {
    const { data, rows: n, columns } = rows.logits;
    await writeNpy(join(cwd, z), { data, shape: [n, columns] });
    await writeNpy(join(cwd, y), { data: rows.labels, shape: [n] });
  };
  await write(["VL.npy", "VY.npy"], validation);
  await write(["L.npy", "Y.npy"], { logits, labels });
}

const run = (line: string, cwd: string) => ils(line.split(" "), { cwd });
const json = (line: string, cwd: string) => ilsJson(line.split(" "), { cwd });

Deno.test("ils calibrate fits a calibrator to validation rows alone", () =>
  inFolder(async (cwd) => {
    await writeRows(cwd);
    const line = `calibrate ${VALIDATION} --calibrator dirichlet`;
    const answer = await json(line, cwd);
    const fit = fitCalibrator("dirichlet", validation, {
      crossValidate: true,
    });
    assert.deepEqual(answer, {
      calibrator: "dirichlet",
      validationRows: 300,
      settings: fit.settings,
      parameters: fit.parameters,
      validationLogLoss: fit.validationLogLoss,
      problems: [],
      out: null,
      export: null,
      remarks: [],
    });
    const { stdout, stderr } = await run(line, cwd);
    assert.equal(stderr, "");
    assert.match(
      stdout,
      /^Dirichlet calibration, weights .* \(offDiagonal \d+, intercept [\d.]+\), fitted to 300 validation rows of 4 classes\nlog loss of these rows: 1\.\d{4} before, 0\.\d{4} after, 0\.\d{4} in held-out folds\n$/,
    );
    const { calibrator } = await json(`calibrate ${VALIDATION}`, cwd);
    assert.equal(calibrator, "temperature");
    await writeNpy(join(cwd, "ones.npy"), {
      data: new Int32Array(300).fill(1),
      shape: [300],
    });
    const ones = "calibrate --val-logits VL.npy --val-labels ones.npy";
    const { remarks: [first] } = await json(ones, cwd);
    assert.equal(first, "All validation rows have label 1");
  }));

Deno.test("ils calibrate --out saves a map, --apply applies it, and --export writes it as code", () =>
  inFolder(async (cwd) => {
    await writeRows(cwd);
    const saved = await run(
      `calibrate ${VALIDATION} --calibrator vector --out M.json --export f.ts`,
      cwd,
    );
    assert.match(
      saved.stdout,
      /\nM\.json: fitted map\nf\.ts: function calibrate\(\)\n$/,
    );
    const line = "calibrate --apply M.json --logits L.npy --out P.npy";
    assert.deepEqual(await json(`${line} --export g.js`, cwd), {
      calibrator: "vector",
      classes: 4,
      rows: 300,
      out: "P.npy",
      export: "g.js",
      remarks: [],
    });
    const { data } = await readNpy(join(cwd, "P.npy"));
    const fit = fitCalibrator("vector", validation);
    assert.deepEqual(data, softmax(fit.apply(logits)).data);
    for (const name of ["f.ts", "g.js"]) {
      const { calibrate } = await import(pathToFileURL(join(cwd, name)).href);
      const p: number[] = calibrate(row(logits, 7));
      p.forEach((value, k) => assertClose(value, Number(data[28 + k]), 1e-14));
    }
    const { stdout } = await run(line, cwd);
    assert.equal(
      stdout,
      "P.npy: probabilities of 300 rows of 4 classes by vector scaling\n",
    );
  }));

Deno.test("ils calibrate --apply brings columns into the order of the map by name", () =>
  inFolder(async (cwd) => {
    await writeRows(cwd);
    const names = "--classes cat,dog,ant,bee";
    await run(
      `calibrate ${VALIDATION} --calibrator vector ${names} --out M.json`,
      cwd,
    );
    const order = [3, 1, 0, 2];
    const lines = Array.from(
      { length: logits.rows },
      (_, i) => order.map((k) => row(logits, i)[k]).join(","),
    );
    await Deno.writeTextFile(
      join(cwd, "N.csv"),
      `bee,dog,cat,ant\n${lines.join("\n")}\n`,
    );
    const apply = "calibrate --apply M.json --out P.npy --logits";
    const { remarks } = await json(`${apply} N.csv`, cwd);
    assert.deepEqual(remarks, [
      "N.csv: columns are brought into the order of M.json by name",
    ]);
    const { data } = await readNpy(join(cwd, "P.npy"));
    const fit = fitCalibrator("vector", validation);
    assert.deepEqual(data, softmax(fit.apply(logits)).data);
    const { code, stderr } = await run(
      `${apply} L.npy --classes cat,dog,ant,eel`,
      cwd,
    );
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^Cannot use L\.npy with M\.json: .*: only L\.npy has eel, only M\.json has bee$/m,
    );
  }));

Deno.test("ils calibrate --all compares all calibrators on the test rows", () =>
  inFolder(async (cwd) => {
    await writeRows(cwd);
    const line = `calibrate --all ${VALIDATION} ${TEST} --resamples 200`;
    const answer = await json(line, cwd);
    const expected = await compareCalibrators({ logits, labels }, validation, {
      resamples: 200,
    });
    answer.calibrators.forEach((one: Record<string, unknown>, i: number) => {
      const { fit, ...tested } = expected.calibrated[i];
      assert.equal(one.calibrator, fit.by);
      assert.deepEqual(one.metrics, tested.metrics);
      assert.equal(one.beatsTemperature, tested.beatsTemperature);
      const { value, low, high } = tested.differences.logLoss;
      const { logLoss, logLossLow, logLossHigh } = one.differences as Record<
        string,
        number
      >;
      assert.deepEqual([logLoss, logLossLow, logLossHigh], [value, low, high]);
    });
    assert.equal(answer.calibrators.length, CALIBRATOR_NAMES.length);
    assert.equal(answer.n, 300);
    assert.equal(answer.validationRows, 300);
    const { stdout, stderr } = await run(line, cwd);
    assert.equal(stderr, "");
    for (const name of ["uncalibrated", ...CALIBRATOR_NAMES]) {
      assert.match(stdout, new RegExp(`^${name} +\\d`, "m"));
    }
    assert.match(
      stdout,
      /\nNothing beats temperature scaling \(T = 1\.\d+\) on these test rows: no log loss is certainly lower \(intervals that hold for all 9 at once\)\.\n$/,
    );
    assert.equal(`${answer.conclusion}\n`, stdout.split("\n").at(-2) + "\n");
  }));

Deno.test("ils calibrate saves why a map should not be trusted, and says so when it is applied", () =>
  inFolder(async (cwd) => {
    await writeNpy(join(cwd, "Z.npy"), {
      data: Float64Array.of(3, 1, 4, 0, 0, 2, 1, 5),
      shape: [4, 2],
    });
    await writeNpy(join(cwd, "W.npy"), {
      data: Int32Array.of(0, 0, 1, 1),
      shape: [4],
    });
    const reason = "every validation row is predicted right, so the log loss " +
      "falls without end as T falls: fit on more rows, none of which the " +
      "model was trained on";
    const fit = await run(
      "calibrate --val-logits Z.npy --val-labels W.npy --folds 2 --out M.json",
      cwd,
    );
    assert.match(
      fit.stdout,
      new RegExp(`^Caution, temperature scaling: ${reason}$`, "m"),
    );
    const { remarks } = await json(
      "calibrate --apply M.json --logits Z.npy --out P.npy",
      cwd,
    );
    assert.deepEqual(remarks, [
      `the fit of M.json should not be trusted: ${reason}`,
    ]);
  }));

Deno.test("ils calibrate takes probabilities, which become logarithms", () =>
  inFolder(async (cwd) => {
    await writeRows(cwd);
    const { data } = softmax(validation.logits);
    await writeNpy(join(cwd, "VP.npy"), { data, shape: [300, 4] });
    const [fromLogits, fromProbabilities] = await Promise.all([
      json(`calibrate ${VALIDATION}`, cwd),
      json(
        "calibrate --val-logits VP.npy --val-labels VY.npy --probabilities",
        cwd,
      ),
    ]);
    assertClose(
      fromProbabilities.parameters.temperature,
      fromLogits.parameters.temperature,
      1e-9,
    );
  }));

Deno.test("ils calibrate refuses bad input in one line, with code 2, and writes nothing", () =>
  inFolder(async (cwd) => {
    await writeRows(cwd);
    await run(`calibrate ${VALIDATION} --out M.json`, cwd);
    const text = await Deno.readTextFile(join(cwd, "M.json"));
    const write = (name: string, content: string) =>
      Deno.writeTextFile(join(cwd, name), content);
    await write("changed.json", text.replace(/"temperature": 1/, "$&1"));
    const free = text.replace(/,\n {2}"sha256": ".*"/, "");
    await write("free.json", free);
    await write(
      "negative.json",
      free.replace(/"temperature": 1/, '"temperature": -1'),
    );
    await write("other.json", "{}");
    await writeNpy(join(cwd, "three.npy"), {
      data: Float64Array.of(1, 2, 3),
      shape: [1, 3],
    });
    const apply = (map: string) =>
      `calibrate --apply ${map} --logits L.npy --out P.npy`;
    const before = listing(cwd);
    const wrong: [string, RegExp][] = [
      ["calibrate", /^--run RUN, or both --val-logits VL and --val-labels VY/],
      [`calibrate ${TEST}`, /^--run RUN, or both --val-logits VL/],
      [`calibrate --all ${VALIDATION}`, /^--logits and --labels must be given/],
      [
        `calibrate --all --calibrator beta ${VALIDATION} ${TEST}`,
        /^--all and --calibrator exclude each other$/,
      ],
      [
        `calibrate --all ${VALIDATION} ${TEST} --out M2.json`,
        /^--out takes the map of one calibrator: name it with --calibrator$/,
      ],
      [
        `calibrate ${VALIDATION} --calibrator platt`,
        /^--calibrator must be one of temperature, .*: current value is platt$/,
      ],
      [
        `calibrate ${VALIDATION} --out M.txt`,
        /^--out must name a file that ends in \.json: current value is M\.txt$/,
      ],
      [
        `calibrate ${VALIDATION} --export f.py`,
        /^--export must name a file that ends in \.ts or \.js/,
      ],
      [
        `calibrate ${VALIDATION} --folds 400`,
        /^Cannot choose settings in 400 folds of 300 validation rows$/,
      ],
      [
        "calibrate --apply M.json",
        /^--apply needs --logits L with --out P\.npy/,
      ],
      [
        "calibrate --apply M.json --logits L.npy --out P.txt",
        /^--out must name a file that ends in \.npy with --apply/,
      ],
      [
        `${apply("M.json")} --calibrator beta`,
        /^--calibrator does not apply with --apply$/,
      ],
      [
        apply("changed.json"),
        /^changed\.json was changed after it was written: its checksum is wrong/,
      ],
      [
        apply("negative.json"),
        /^negative\.json: Calibration map: temperature must be finite and in \(0, Infinity\]: it is -1/,
      ],
      [apply("other.json"), /^other\.json: /],
      [apply("missing.json"), /missing\.json/],
      [
        "calibrate --apply M.json --logits three.npy --out P.npy",
        /^Cannot apply temperature scaling of 4 classes to logits of 3 classes$/,
      ],
    ];
    for (const [line, message] of wrong) {
      const { code, stdout, stderr } = await run(line, cwd);
      assert.equal(code, 2, line);
      assert.equal(stdout, "");
      assert.match(stderr.trimEnd(), message, line);
      assert.equal(stderr.trimEnd().split("\n").length, 1);
    }
    assert.deepEqual(listing(cwd), before);
    const { code } = await run(apply("free.json"), cwd);
    assert.equal(code, 0);
  }));
