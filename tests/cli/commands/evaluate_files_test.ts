/** `ils evaluate` on several models, further test sets and suspicious rows. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { evaluateLogits } from "../../../lib/calibration/evaluate.ts";
import { extendedMetrics } from "../../../lib/calibration/extended_metrics.ts";
import { softmax } from "../../../lib/logits/softmax.ts";
import { writeNpy } from "../../../lib/files/npy.ts";
import { logitsOf } from "../../../lib/matrix_kinds.ts";
import type { RunSpec } from "../../../lib/runs/spec.ts";
import { fakeRun, STUDY } from "../../runs/fake_runs.ts";
import { scores } from "../inputs/scores.ts";
import { ils, ilsJson, inFolder } from "../program.ts";

const A = [[3, 0, 1], [0, 2, 1], [0, 1, 4], [2, 3, 1], [1, 0, -1]];
const B = A.map((row) => row.map((z) => 2 * z));
const LABELS = [0, 1, 2, 1, 1];
const FIRST = (rows: number[][]) => rows.slice(0, 3);

/** Writes A.npy, B.npy and Y.npy, and VA.npy, VB.npy and VY.npy of other rows. */
async function writeModels(cwd: string): Promise<void> {
  const write = (name: string, rows: number[][]) =>
    writeNpy(join(cwd, name), {
      data: Float64Array.from(rows.flat()),
      shape: [rows.length, 3],
    });
  const shifted = (rows: number[][]) =>
    rows.map((row) => row.map((z) => z - 1));
  await write("A.npy", A);
  await write("B.npy", B);
  await write("VA.npy", shifted(FIRST(A)));
  await write("VB.npy", shifted(FIRST(B)));
  for (const [name, count] of [["Y.npy", 5], ["VY.npy", 3]] as const) {
    const data = Int32Array.from(LABELS.slice(0, count));
    await writeNpy(join(cwd, name), { data, shape: [count] });
  }
}

const TWO = "evaluate --logits net=A.npy,B.npy --labels Y.npy".split(" ");

Deno.test("ils evaluate lists several models, each with its further test sets", () =>
  inFolder(async (cwd) => {
    await writeModels(cwd);
    const more = ["--also", "other=VA.npy,VB.npy,VY.npy", "--resamples=0"];
    const args = [...TWO, ...more];
    const { models, remarks } = await ilsJson(args, { cwd });
    const metricsOf = (rows: number[][]) => {
      const logits = logitsOf(rows);
      const labels = Int32Array.from(LABELS.slice(0, rows.length));
      const predictions = { probabilities: softmax(logits), labels, logits };
      const metrics = extendedMetrics(predictions, { bins: 10 });
      // A metric without a value is null.
      return JSON.parse(JSON.stringify(metrics));
    };
    assert.deepEqual(models, [
      {
        name: "net",
        ...metricsOf(A),
        also: [{ name: "other", ...metricsOf(FIRST(A)) }],
      },
      {
        name: "B",
        ...metricsOf(B),
        also: [{ name: "other", ...metricsOf(FIRST(B)) }],
      },
    ]);
    assert.deepEqual(remarks, []);
    const { stdout, stderr } = await ils(args, { cwd });
    assert.equal(stderr, "");
    const titles = stdout.split("\n").filter((line) => /^(net|B)\b/.test(line));
    assert.deepEqual(titles, ["net", "net, other", "B", "B, other"]);
  }));

Deno.test("further test sets are calibrated by the fit on the validation rows", () =>
  inFolder(async (cwd) => {
    await writeModels(cwd);
    const args = [
      ..."evaluate --logits A.npy --labels Y.npy".split(" "),
      ..."--val-logits A.npy --val-labels Y.npy".split(" "),
      ..."--also other=VA.npy,VY.npy".split(" "),
    ];
    const { temperature, also: [other] } = await ilsJson(args, { cwd });
    assert.equal(other.name, "other");
    assert.equal(other.temperature, temperature);
    const cold = FIRST(A).map((row) => row.map((z) => z / temperature));
    const labels = Int32Array.from(LABELS.slice(0, 3));
    const { plain } = evaluateLogits(logitsOf(cold), labels, { bins: 10 });
    assert(Math.abs(other.scaled.logLoss - plain.logLoss) < 1e-12);
  }));

Deno.test("remarks are in the answer, the JSON and the page", () =>
  inFolder(async (cwd) => {
    await writeModels(cwd);
    await writeNpy(join(cwd, "C.npy"), { data: new Int8Array(5), shape: [5] });
    const args = "evaluate --logits A.npy --labels C.npy".split(" ");
    const remark = "All test rows have label 0";
    assert.deepEqual((await ilsJson(args, { cwd })).remarks, [remark]);
    const { stdout, stderr } = await ils([...args, "--report", "R.html"], {
      cwd,
    });
    assert.equal(stderr, "");
    assert(stdout.endsWith(`\nRemark: ${remark}\nreport: R.html\n`), stdout);
    const page = await Deno.readTextFile(join(cwd, "R.html"));
    assert(page.includes(`<li>${remark}</li>`));
  }));

Deno.test("ils evaluate --report takes several models", () =>
  inFolder(async (cwd) => {
    await writeModels(cwd);
    const args = [...TWO, "--resamples=0", "--report", "R.html"];
    const { code } = await ils(args, { cwd });
    assert.equal(code, 0);
    const page = await Deno.readTextFile(join(cwd, "R.html"));
    assert.match(page, /<h1>Calibration of net and B<\/h1>/);
  }));

Deno.test("ils evaluate reads tables with the permissions of its task", () =>
  inFolder(async (cwd) => {
    for (const name of ["table.csv", "zstd.parquet"]) {
      const { accuracy } = await ilsJson([
        ...["evaluate", "--logits", scores(name)],
        ...["--labels", scores(`${name}:label`)],
      ], { cwd });
      assert.equal(accuracy, 0.8);
    }
  }));

/** Writes a run whose test and validation rows are those of files. */
async function writeRun(
  cwd: string,
  name: string,
  { test, labels, spec = STUDY }: {
    readonly test: string;
    readonly labels: string;
    readonly spec?: RunSpec;
  },
): Promise<void> {
  const { record } = fakeRun(spec);
  await Deno.mkdir(join(cwd, name));
  const at = (file: string) => join(cwd, name, file);
  for (const part of ["val", "test"]) {
    await Deno.copyFile(join(cwd, test), at(`logits-${part}.npy`));
    await Deno.copyFile(join(cwd, labels), at(`labels-${part}.npy`));
  }
  await Deno.writeTextFile(
    at("run.json"),
    JSON.stringify({ ...record, id: name }),
  );
}

Deno.test("ils evaluate takes runs with the same test rows, also without --run", () =>
  inFolder(async (cwd) => {
    await writeModels(cwd);
    await writeRun(cwd, "first", { test: "A.npy", labels: "Y.npy" });
    await writeRun(cwd, "second", { test: "B.npy", labels: "Y.npy" });
    await writeRun(cwd, "small", { test: "VA.npy", labels: "VY.npy" });
    const svhn = { ...STUDY, data: { ...STUDY.data, dataset: "svhn" } };
    await writeRun(cwd, "svhn", { test: "A.npy", labels: "Y.npy", spec: svhn });
    const { models, remarks } = await ilsJson(
      ["evaluate", "--run", "first", "--run", "second"],
      { cwd },
    );
    const namesOf = (models: { name: string }[]) =>
      models.map(({ name }) => name);
    assert.deepEqual(namesOf(models), ["first", "second"]);
    assert.match(remarks[0], /^5 of 5 validation rows are also test rows: /);
    const one = await ilsJson(["evaluate", "second"], { cwd });
    const { name: _, ...expected } = models[1];
    assert.deepEqual(
      { ...one, remarks: [] },
      { ...expected, resamples: 1000, seed: 1, remarks: [] },
    );
    for (
      const [args, message] of [
        [
          ["--run", "first,small"],
          /^Cannot compare run small with first: their test rows have different labels\n$/,
        ],
        [
          ["--run", "first,svhn"],
          /^Cannot compare run svhn with first: they are of different data sets\n$/,
        ],
        [
          ["--run", "first,first"],
          /^--run must not repeat a run: first is there twice\n$/,
        ],
        [
          ["A.npy"],
          /^--run must be a run, but A\.npy is a file: give it with --logits and --labels\n$/,
        ],
      ] as const
    ) {
      const { code, stderr } = await ils(["evaluate", ...args], { cwd });
      assert.equal(code, 2);
      assert.match(stderr, message);
    }
  }));
