import assert from "node:assert/strict";
import { join } from "node:path";
import { evaluateLogits } from "../../../lib/calibration/evaluate.ts";
import { writeNpy } from "../../../lib/files/npy.ts";
import { logitsOf } from "../../../lib/matrix_kinds.ts";
import { externalAddresses } from "../../../lib/reproduce/external_addresses.ts";
import {
  ils,
  ilsJson,
  inFolder,
  LABELS,
  listing,
  LOGITS,
  writeInputs,
} from "../program.ts";
import { fakeRun, STUDY } from "../../runs/fake_runs.ts";

const ARGS = "evaluate --logits L.npy --labels Y.npy".split(" ");
const SCALED = "--val-logits L.npy --val_labels Y.npy".split(" ");
/** The validation rows of these tests are their test rows. */
const OVERLAP = "3 of 3 validation rows are also test rows: calibrators must " +
  "not be fitted to rows that they are measured on";
const TEST = { logits: logitsOf(LOGITS), labels: Int32Array.from(LABELS) };

Deno.test("ils evaluate --json prints the result of evaluateLogits(), in its order", () =>
  inFolder(async (cwd) => {
    await writeInputs(cwd);
    const plain = await ilsJson(ARGS, { cwd });
    const expected = evaluateLogits(TEST.logits, TEST.labels, { bins: 10 });
    assert.deepEqual(plain, { ...expected.plain, remarks: [] });
    assert.deepEqual(Object.keys(plain), [
      ...Object.keys(expected.plain),
      "remarks",
    ]);
    assert.deepEqual(Object.keys(plain).slice(0, 12), [
      ...["n", "classes", "bins", "accuracy", "logLoss", "brier", "ece"],
      ...["mce", "ace", "classwiseEce", "adaptiveEce", "labelConditionalEce"],
    ]);
    const scaled = await ilsJson([...ARGS, ...SCALED, "--ece-bins=4"], { cwd });
    const both = evaluateLogits(TEST.logits, TEST.labels, {
      bins: 4,
      validation: TEST,
    });
    const isTemperature = ({ by }: { by: string }) => by === "temperature";
    const { parameters, atBound, metrics } = both.calibrated.find(
      isTemperature,
    )!;
    const others = both.calibrated.filter((entry) => !isTemperature(entry));
    assert.deepEqual(scaled, {
      ...both.plain,
      temperature: parameters.temperature,
      temperatureAtBound: atBound,
      scaled: metrics,
      ...(others.length === 0 ? {} : { calibrated: others }),
      remarks: [OVERLAP],
    });
    assert.deepEqual(Object.keys(scaled), [
      ...Object.keys(both.plain),
      ...["temperature", "temperatureAtBound", "scaled"],
      ...(others.length === 0 ? [] : ["calibrated"]),
      "remarks",
    ]);
  }));

Deno.test("ils evaluate refuses probabilities in place of logits", () =>
  inFolder(async (cwd) => {
    await writeInputs(cwd);
    const rows = LOGITS.map((row) => row.map((_, k) => k === 0 ? 1 : 0));
    const shape = [rows.length, rows[0].length];
    const data = Float32Array.from(rows.flat());
    await writeNpy(join(cwd, "P.npy"), { data, shape });
    const args = "evaluate --logits P.npy --labels Y.npy".split(" ");
    const { code, stderr } = await ils(args, { cwd });
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^P\.npy: 3 of 3 rows look like probabilities .*; give --probabilities if/,
    );
    assert.equal((await ils(ARGS, { cwd })).stderr, "");
  }));

Deno.test("ils evaluate prints each metric uncalibrated and scaled", () =>
  inFolder(async (cwd) => {
    await writeInputs(cwd);
    const { stdout, stderr } = await ils([...ARGS, ...SCALED], { cwd });
    assert.equal(stderr, "");
    const [size, head, ...rows] = stdout.trimEnd().split("\n");
    assert.equal(rows.pop(), `Remark: ${OVERLAP}`);
    assert.equal(size, "3 rows, 3 classes, 10 bins");
    const titles = head.trim().split(/ {2,}/);
    assert.equal(titles.length, 2);
    assert.equal(titles[0], "uncalibrated");
    assert.match(titles[1], /^T = \d/);
    const cells = new Map(rows.map((row) => {
      const [title, ...values] = row.split(/ {2,}/);
      assert.equal(values.length, titles.length, row);
      return [title, values];
    }));
    const accuracy = cells.get("accuracy")!;
    assert.deepEqual([accuracy[0], accuracy[1]], ["0.6667", "0.6667"]);
    for (const value of cells.get("ECE")!) assert.match(value, /^\d\.\d{4}$/);
  }));

Deno.test("ils evaluate --report writes a self-contained page", () =>
  inFolder(async (cwd) => {
    const { logits } = await writeInputs(cwd);
    const name = `<b>"L" & 'co'.npy`;
    await Deno.rename(logits, join(cwd, name));
    const args = ["evaluate", "--logits", name, "--labels", "Y.npy"];
    const more = ["--val-logits", name, "--val-labels", "Y.npy"];
    const { code, stdout } = await ils(
      [...args, ...more, "--report", "R.html"],
      { cwd },
    );
    assert.equal(code, 0);
    assert.match(stdout, /\nreport: R\.html\n$/);
    const page = await Deno.readTextFile(join(cwd, "R.html"));
    assert.deepEqual(externalAddresses(page), []);
    assert(!page.includes("<b>"));
    assert(page.includes("<h1>Calibration of &lt;b&gt;&quot;L&quot; &amp; "));
    assert.match(
      page,
      /alt="Reliability diagrams\. uncalibrated: ECE .* scaled/,
    );
    assert.match(page, /over 10 bins/);
    // The head, the uncalibrated logits, and one row per calibrator.
    assert.equal(page.match(/<tr>/g)?.length, 3);
  }));

Deno.test("ils evaluate --report overwrites neither its inputs nor files of a run", () =>
  inFolder(async (cwd) => {
    const { logits, labels } = await writeInputs(cwd);
    await Deno.symlink(logits, join(cwd, "link.html"));
    const run = join(cwd, "run");
    await Deno.mkdir(run);
    for (const part of ["val", "test"]) {
      await Deno.copyFile(logits, join(run, `logits-${part}.npy`));
      await Deno.copyFile(labels, join(run, `labels-${part}.npy`));
    }
    const { record } = fakeRun(STUDY);
    await Deno.writeTextFile(join(run, "run.json"), JSON.stringify(record));
    const before = listing(cwd);
    const onRun = ["evaluate", "--run", run];
    const wrong: [string[], string][] = [
      [ARGS, "L.npy"],
      [ARGS, "Y.npy"],
      [ARGS, "link.html"],
      [onRun, "run/logits-val.npy"],
      [onRun, "run/run.json"],
    ];
    for (const [args, report] of wrong) {
      const { code, stderr } = await ils([...args, "--report", report], {
        cwd,
      });
      assert.equal(code, 2, report);
      assert.match(
        stderr,
        report.endsWith(".html")
          ? /^--report must not overwrite the input .*\n$/
          : /^--report must name a file that ends in \.html: /,
      );
    }
    assert.deepEqual(listing(cwd), before);
  }));
