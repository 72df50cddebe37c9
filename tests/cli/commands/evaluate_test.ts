import assert from "node:assert/strict";
import { join } from "node:path";
import { evaluateConformal } from "../../../lib/calibration/conformal/evaluate_conformal.ts";
import { calibrateLogits } from "../../../lib/calibration/evaluate.ts";
import { evaluateExtended } from "../../../lib/calibration/evaluate_extended.ts";
import { EXTENDED_METRIC_NAMES } from "../../../lib/calibration/extended_names.ts";
import { conformalJson } from "../../../lib/cli/terminal/conformal_json.ts";
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

Deno.test("ils evaluate --json prints the result of evaluateExtended(), in its order", () =>
  inFolder(async (cwd) => {
    await writeInputs(cwd);
    const none = ["--resamples", "0"];
    const plain = await ilsJson([...ARGS, ...none], { cwd });
    const expected = await evaluateExtended(TEST.logits, TEST.labels, {
      ...{ bins: 10, resamples: 0 },
    });
    // JSON has no NaN, nor a value of it.
    const metrics = JSON.parse(JSON.stringify(expected.plain));
    assert.deepEqual(plain, { ...metrics, remarks: [] });
    assert.deepEqual(Object.keys(plain), [...Object.keys(metrics), "remarks"]);
    assert.deepEqual(Object.keys(plain).slice(0, 12), [
      ...["n", "classes", "bins", "accuracy", "logLoss", "brier", "ece"],
      ...["mce", "ace", "classwiseEce", "adaptiveEce", "labelConditionalEce"],
    ]);
    const more = [...SCALED, "--ece-bins=4", "--top-k=2", ...none];
    const scaled = await ilsJson([...ARGS, ...more], { cwd });
    const both = await evaluateExtended(TEST.logits, TEST.labels, {
      ...{ bins: 4, topK: 2, validation: TEST, resamples: 0 },
    });
    const [fit] = both.calibrated;
    assert.deepEqual(
      scaled,
      JSON.parse(JSON.stringify({
        ...both.plain,
        temperature: fit.parameters.temperature,
        temperatureAtBound: fit.atBound,
        scaled: fit.metrics,
        remarks: [OVERLAP],
      })),
    );
    assert.deepEqual(Object.keys(scaled), [
      ...Object.keys(both.plain),
      ...["temperature", "temperatureAtBound", "scaled", "remarks"],
    ]);
  }));

Deno.test("ils evaluate --json has the ends of intervals after the metrics, by default", () =>
  inFolder(async (cwd) => {
    await writeInputs(cwd);
    const few = [...ARGS, ...SCALED, "--resamples=50", "--seed=3"];
    const json = await ilsJson(few, { cwd });
    const { intervals } = await evaluateExtended(TEST.logits, TEST.labels, {
      ...{ bins: 10, validation: TEST, resamples: 50, seed: 3 },
    });
    for (const name of EXTENDED_METRIC_NAMES) {
      const [plain, scaled] = intervals.map((all) => all[name]);
      const nullable = (end: number) => Number.isNaN(end) ? null : end;
      assert.equal(json[`${name}Low`], nullable(plain.low), name);
      assert.equal(json[`${name}High`], nullable(plain.high), name);
      assert.equal(json.scaled[`${name}Low`], nullable(scaled.low), name);
    }
    assert.deepEqual([json.resamples, json.seed], [50, 3]);
    const usual = await ilsJson(ARGS, { cwd });
    assert.deepEqual([usual.resamples, usual.seed], [1000, 1]);
  }));

Deno.test("ils evaluate --conformal adds sets before and after calibration", () =>
  inFolder(async (cwd) => {
    await writeInputs(cwd);
    const args = [...ARGS, ...SCALED, "--conformal", "--resamples=0"];
    const { conformal, seed } = await ilsJson(args, { cwd });
    const { calibrated } = await evaluateExtended(TEST.logits, TEST.labels, {
      ...{ bins: 10, validation: TEST, resamples: 0 },
    });
    const sets = evaluateConformal(TEST, TEST, calibrated, { seed: 1 });
    const expected = conformalJson(sets);
    assert.deepEqual(conformal, JSON.parse(JSON.stringify(expected)));
    assert.equal(seed, 1);
    const { stdout } = await ils(args, { cwd });
    assert.match(stdout, /\nConformal sets .*\nsets +probabilities +80 %: /);
    const without = await ils([...ARGS, "--conformal"], { cwd });
    assert.equal(without.code, 2);
    assert.equal(
      without.stderr,
      "--conformal needs --val-logits and --val-labels\n",
    );
  }));

Deno.test("ils evaluate --all-metrics prints every metric", () =>
  inFolder(async (cwd) => {
    await writeInputs(cwd);
    const { stdout } = await ils([...ARGS, "--all-metrics"], { cwd });
    assert.match(stdout, /^top-5 accuracy /m);
    assert.match(stdout, /^coverage at 5 % risk /m);
    const short = await ils(ARGS, { cwd });
    assert.match(short.stdout, /\n19 more metrics with --all-metrics\n$/);
    assert.doesNotMatch(short.stdout, /^MCE/m);
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

Deno.test("ils evaluate prints the main metrics uncalibrated and scaled", () =>
  inFolder(async (cwd) => {
    await writeInputs(cwd);
    const args = [...ARGS, ...SCALED, "--resamples=0"];
    const { stdout, stderr } = await ils(args, { cwd });
    assert.equal(stderr, "");
    const [size, head, ...rows] = stdout.trimEnd().split("\n");
    assert.equal(rows.pop(), `Remark: ${OVERLAP}`);
    assert.equal(rows.pop(), "19 more metrics with --all-metrics");
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

Deno.test("ils evaluate --calibrator shows the named calibrators", () =>
  inFolder(async (cwd) => {
    await writeInputs(cwd);
    const line = [...ARGS, ...SCALED, "--calibrator", "isotonic,temperature"];
    const { calibrated, temperature } = await ilsJson(line, { cwd });
    const [isotonic, scaling] = calibrateLogits(TEST.logits, TEST, [
      "isotonic",
      "temperature",
    ]);
    assert.equal(calibrated.length, 1);
    assert.equal(calibrated[0].by, "isotonic");
    assert.deepEqual(calibrated[0].parameters, isotonic.parameters);
    // Curves through three rows, all of them right.
    assert.equal(calibrated[0].metrics.accuracy, 1);
    assert.equal(temperature, scaling.parameters.temperature);
    const { stdout } = await ils([...line, "--report", "R.html"], { cwd });
    assert.match(stdout, / uncalibrated +isotonic +T = \d/);
    const page = await Deno.readTextFile(join(cwd, "R.html"));
    assert.match(page, />isotonic regression<br>/);
    const alone = [...ARGS, "--calibrator", "vector"];
    const { code, stderr } = await ils(alone, { cwd });
    assert.equal(code, 2);
    assert.match(stderr, /^--calibrator needs --val-logits and --val-labels$/m);
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
    assert.match(page, /aria-label="Accuracy against confidence: [^"]*T = \d/);
  }));

Deno.test("ils evaluate --report embeds the numbers that --json prints", () =>
  inFolder(async (cwd) => {
    await writeInputs(cwd);
    const more = ["--resamples=20", "--also=other=L.npy,Y.npy"];
    const args = [...ARGS, ...SCALED, ...more, "--report", "R.html"];
    const { also: [other], ...json } = await ilsJson(args, { cwd });
    const page = await Deno.readTextFile(join(cwd, "R.html"));
    const [, text] = /<script[^>]*json[^>]*>(.*?)<\/script>/s.exec(page)!;
    const { sets, resamples, bins } = JSON.parse(text);
    assert.deepEqual([resamples, bins], [20, 10]);
    assert.deepEqual(sets.map(({ name }: { name: string }) => name), [
      ...[null, "other"],
    ]);
    for (const [s, numbers] of [json, other].entries()) {
      const [{ versions: [plain, scaled] }] = sets[s].models;
      for (const [name, value] of Object.entries(plain.metrics)) {
        assert.equal(numbers[name], value, name);
        assert.equal(numbers.scaled[name], scaled.metrics[name], name);
      }
      const { temperature } = scaled.fit.parameters;
      assert.equal(temperature, json.temperature);
    }
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
