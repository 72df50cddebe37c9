import assert from "node:assert/strict";
import { join } from "node:path";
import { fitCalibrator } from "../../../lib/calibration/calibrators/fit_calibrator.ts";
import { compareModels } from "../../../lib/calibration/compare_models.ts";
import { EXTENDED_METRIC_NAMES } from "../../../lib/calibration/extended_names.ts";
import { writeNpy } from "../../../lib/files/npy.ts";
import { asLogits, type Logits } from "../../../lib/matrix_kinds.ts";
import { externalAddresses } from "../../../lib/reproduce/external_addresses.ts";
import { REFERENCE } from "../../calibration/reference.ts";
import { fakeRun, STUDY } from "../../runs/fake_runs.ts";
import { ils, ilsJson, inFolder, listing } from "../program.ts";

const { logits, labels, validation } = REFERENCE[0];

/** The second model is much less confident. */
function flat({ data, rows, columns }: Logits): Logits {
  return asLogits({ data: data.map((z) => z * 0.2), rows, columns });
}

/** Writes the rows of two models: A, B, Y, and VA, VB, VY for validation. */
async function writeModels(cwd: string): Promise<void> {
  const matrix = (name: string, { data, rows, columns }: Logits) =>
    writeNpy(join(cwd, name), { data, shape: [rows, columns] });
  const list = (name: string, data: Int32Array) =>
    writeNpy(join(cwd, name), { data, shape: [data.length] });
  await matrix("A.npy", logits);
  await matrix("B.npy", flat(logits));
  await list("Y.npy", labels);
  await matrix("VA.npy", validation.logits);
  await matrix("VB.npy", flat(validation.logits));
  await list("VY.npy", validation.labels);
}

const TEST = "compare --logits net=A.npy,flat=B.npy --labels Y.npy".split(" ");
const VALIDATION = "--val-logits net=VA.npy,flat=VB.npy --val-labels VY.npy"
  .split(" ");
const FEW = ["--resamples", "50", "--seed", "3"];

Deno.test("ils compare --json has each model's metrics and paired differences", () =>
  inFolder(async (cwd) => {
    await writeModels(cwd);
    const args = [...TEST, ...VALIDATION, ...FEW, "--reference", "flat"];
    const json = await ilsJson(args, { cwd });
    const models = [
      { logits, fits: [fitCalibrator("temperature", validation)] },
      {
        logits: flat(logits),
        fits: [
          fitCalibrator("temperature", {
            ...validation,
            logits: flat(validation.logits),
          }),
        ],
      },
    ];
    const expected = await compareModels(models, labels, {
      ...{ bins: 10, resamples: 50, seed: 3 },
    });
    const { sets: [set], ...about } = json;
    assert.deepEqual(about, {
      ...{ schema: 1, classes: 4, bins: 10, topK: 5, resamples: 50, seed: 3 },
      ...{ level: 0.95, reference: "flat", mainCalibrator: "temperature" },
      remarks: [],
    });
    assert.deepEqual([set.name, set.n], [null, labels.length]);
    const [net, second] = set.models;
    assert.deepEqual([net.name, second.name], ["net", "flat"]);
    for (const version of [0, 1]) {
      const found = net.versions[version];
      const difference = expected.difference(
        { model: 0, version },
        { model: 1, version },
      );
      const evaluation = expected.models[0];
      const { plain, calibrated: [scaled] } = evaluation;
      for (const name of EXTENDED_METRIC_NAMES) {
        const metrics = version === 0 ? plain : scaled.metrics;
        assert.equal(found.metrics[name], metrics[name]);
        const { low, high } = evaluation.intervals[version][name];
        assert.equal(found.metrics[`${name}Low`], low);
        assert.equal(found.metrics[`${name}High`], high);
        const { value, ...ends } = difference[name];
        assert.equal(found.fromReference[name], value);
        assert.equal(found.fromReference[`${name}Low`], ends.low);
        assert.equal(found.fromReference[`${name}High`], ends.high);
      }
      assert.equal(second.versions[version].fromReference, null);
      assert.equal(found.diagrams, undefined);
    }
    assert.equal(net.versions[1].by, "temperature");
    assert.equal(net.validationRows, validation.labels.length);
    assert.match(net.conclusion, /^17\.4 points overconfident; T = 1\.\d\d /);
  }));

Deno.test("ils compare prints a sentence per model, then metrics and differences", () =>
  inFolder(async (cwd) => {
    await writeModels(cwd);
    const args = [...TEST, ...VALIDATION, ...FEW];
    const { code, stdout, stderr } = await ils(args, { cwd });
    assert.deepEqual([code, stderr], [0, ""]);
    const [size, net, flat, , head, accuracy] = stdout.split("\n");
    assert.equal(size, "300 rows, 4 classes, 10 bins");
    assert.match(
      net,
      /^net: .* overconfident; T = 1\.\d\d removes \d\d % of it/,
    );
    assert.match(
      flat,
      /^flat: .* underconfident; T = 0\.\d\d removes \d\d % of/,
    );
    assert.match(head, /^uncalibrated +net +flat +flat − net$/);
    // The flat model predicts the same classes.
    assert.match(accuracy, / 0\.0000 \[0\.0000, 0\.0000\]$/);
    const number = String.raw`\d\.\d{4}`;
    const cell = String.raw`${number} \[${number}, ${number}\]`;
    assert.match(stdout, new RegExp(`^ECE +${cell} +${cell} +\\S.*$`, "m"));
    assert.match(stdout, /^overconfidence .* better$/m);
    assert.match(stdout, /^underconfidence .* worse$/m);
    // Temperatures make the models equal, which decides nothing.
    const [, scaled] = stdout.split("after temperature scaling");
    assert.doesNotMatch(scaled, /better|worse/);
    assert.match(
      stdout,
      /^after temperature scaling +net, T = 1\.\d\d +flat, T = 0\.\d\d +flat − net$/m,
    );
    assert.match(stdout, /\n19 more metrics with --all-metrics\n$/);
    const all = await ils([...args, "--all-metrics"], { cwd });
    assert.match(all.stdout, /^coverage at 5 % risk /m);
    assert.doesNotMatch(all.stdout, /more metrics/);
  }));

Deno.test("ils compare breaks wide tables", () =>
  inFolder(async (cwd) => {
    await writeModels(cwd);
    const files = ["A", "B", "VA", "VB"].map((name) => `${name}.npy`).join();
    const { stdout } = await ils([
      ..."compare --labels Y.npy --resamples 0 --reference B".split(" "),
      ...["--logits", files],
    ], { cwd });
    assert.match(stdout, /^uncalibrated +A +B +VA +VB$/m);
    assert.match(stdout, /^uncalibrated, difference from B +A +VA +VB$/m);
  }));

Deno.test("ils compare needs no validation rows, and then says nothing about repair", () =>
  inFolder(async (cwd) => {
    await writeModels(cwd);
    const { stdout } = await ils([...TEST, ...FEW], { cwd });
    assert.match(stdout, /^net: 17\.4 points overconfident\.$/m);
    assert.doesNotMatch(stdout, /scaling|T = /);
    const none = await ils([...TEST, "--resamples=0"], { cwd });
    assert.doesNotMatch(none.stdout, /\[|better|worse/);
  }));

Deno.test("ils compare --report embeds what --json prints, and diagrams", () =>
  inFolder(async (cwd) => {
    await writeModels(cwd);
    const also = ["--also", "easy=VA.npy,VB.npy,VY.npy"];
    const args = [...TEST, ...VALIDATION, ...FEW, ...also];
    const calibrators = ["--calibrator", "temperature,vector"];
    const json = await ilsJson(
      [...args, ...calibrators, "--report", "R.html"],
      { cwd },
    );
    const page = await Deno.readTextFile(join(cwd, "R.html"));
    assert.deepEqual(externalAddresses(page), []);
    const [, text] = /<script[^>]*json[^>]*>(.*?)<\/script>/s.exec(page)!;
    const embedded = JSON.parse(text);
    for (const { n, models } of embedded.sets) {
      for (const { versions } of models) {
        for (const version of versions) {
          const { bins, riskCoverage } = version.diagrams;
          const rows = bins.reduce(
            (sum: number, { count }: { count: number }) => sum + count,
            0,
          );
          assert.equal(rows, n);
          assert.equal(riskCoverage.length, 100);
          delete version.diagrams;
        }
      }
      for (const model of models) {
        assert.equal(model.scores.rows, n);
        delete model.scores;
      }
    }
    assert.deepEqual(embedded, json);
    assert.deepEqual(embedded.sets.map(({ name }: { name: string }) => name), [
      ...[null, "easy"],
    ]);
    assert.match(page, /<h2>easy<\/h2>/);
    const { stdout } = await ils([...args, "--report", "R.html"], { cwd });
    assert.match(stdout, /\neasy\n300 rows/);
    assert.match(stdout, /\nreport: R\.html\n$/);
  }));

Deno.test("ils compare takes runs", () =>
  inFolder(async (cwd) => {
    await writeModels(cwd);
    for (const [name, test, val] of [["a", "A", "VA"], ["b", "B", "VB"]]) {
      const at = (file: string) => join(cwd, name, file);
      await Deno.mkdir(join(cwd, name));
      const copies = [
        [`${test}.npy`, "logits-test.npy"],
        [`${val}.npy`, "logits-val.npy"],
        ["Y.npy", "labels-test.npy"],
        ["VY.npy", "labels-val.npy"],
      ];
      for (const [from, to] of copies) {
        await Deno.copyFile(join(cwd, from), at(to));
      }
      const { record } = fakeRun(STUDY);
      const text = JSON.stringify({ ...record, id: name });
      await Deno.writeTextFile(at("run.json"), text);
    }
    const runs = await ilsJson(["compare", "a,b", ...FEW], { cwd });
    const files = await ilsJson(
      [
        ..."compare --logits a=A.npy,b=B.npy --labels Y.npy".split(" "),
        ..."--val-logits a=VA.npy,b=VB.npy --val-labels VY.npy".split(" "),
        ...FEW,
      ],
      { cwd },
    );
    assert.deepEqual(runs, files);
  }));

Deno.test("ils compare refuses what cannot be compared, and writes nothing", () =>
  inFolder(async (cwd) => {
    await writeModels(cwd);
    const write = (name: string, shape: number[]) =>
      writeNpy(join(cwd, name), {
        data: Float64Array.from({ length: shape[0] * shape[1] }, (_, i) => i),
        shape,
      });
    await write("short.npy", [299, 4]);
    await write("narrow.npy", [300, 3]);
    const before = listing(cwd);
    const of = (logits: string, ...more: string[]) => [
      ...["--logits", logits, "--labels", "Y.npy"],
      ...more,
    ];
    const refused: [string[], RegExp][] = [
      [
        of("A.npy"),
        /^ils compare needs at least two models: A is the only one; ils evaluate measures one\n$/,
      ],
      [
        of("A.npy,B.npy", "--reference", "b"),
        /^--reference must be one of A, B: current value is b, did you mean B\?\n$/,
      ],
      [
        of("A.npy,short.npy"),
        /^Cannot combine short\.npy with A\.npy: it has 299 rows of 4 classes, not 300 rows of 4 classes\n$/,
      ],
      [
        of("A.npy,narrow.npy"),
        /^Cannot combine narrow\.npy with A\.npy: it has 300 rows of 3 classes, not 300 rows of 4 classes\n$/,
      ],
      [
        of("A.npy,B.npy", "--calibrator", "vector"),
        /^--calibrator needs --val-logits and --val-labels\n$/,
      ],
      [[], /^--run RUN, or both --logits/],
      [["--labels", "Y.npy"], /^--labels needs --logits L\.npy/],
    ];
    for (const [args, message] of refused) {
      const { code, stdout, stderr } = await ils(
        ["compare", ...args, "--report", "R.html"],
        { cwd },
      );
      assert.deepEqual([code, stdout], [2, ""], `${args}`);
      assert.match(stderr, message);
    }
    assert.deepEqual(listing(cwd), before);
  }));
