/** Commands that read files written by numpy. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readNpy } from "../../lib/files/npy.ts";
import { fixture } from "../files/npy_samples.ts";
import { ils, ilsJson, inFolder, listing } from "./program.ts";

const LOGITS = fixture("logits_f4");
const LABELS = fixture("labels_i8");

/** Files that are not labels, and files that are not logits. */
const NO_LABELS = [
  ..."object date record scalar no_labels two_hot fraction".split(" "),
  ..."counted_from_1 negative_label far_label".split(" "),
];
const NO_LOGITS = [
  ..."complex three_dimensions no_rows one_class nan infinite".split(" "),
  ..."archive.npz unfit.npz packed.npz".split(" "),
];

Deno.test("every unreadable file in the fixtures has a test below", () => {
  const files = [...Deno.readDirSync(fixture("").replace(/\.npy$/, ""))]
    .filter(({ name }) => name.startsWith("bad_"));
  assert.equal(files.length, NO_LABELS.length + NO_LOGITS.length);
});

for (const name of [...NO_LABELS, ...NO_LOGITS]) {
  Deno.test(`ils targets refuses ${name}: exit 2, one line, nothing written`, () =>
    inFolder(async (cwd) => {
      const bad = fixture(`bad_${name}`);
      const isLabels = NO_LABELS.includes(name);
      const { code, stdout, stderr } = await ils([
        ...["targets", "--method", "ils", "--epsilon", "0.1", "--json"],
        ...["--logits", isLabels ? LOGITS : bad],
        ...["--labels", isLabels ? bad : LABELS],
        ...["--out", "T.npy"],
      ], { cwd });
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.match(stderr, /^Cannot read [^\n]+\n$/);
      assert(stderr.includes(bad), stderr);
      assert.deepEqual(listing(cwd), {});
    }));
}

Deno.test("ils targets makes the same rows from every kind of numpy file", () =>
  inFolder(async (cwd) => {
    const results = [];
    const kinds = [
      ["logits_f4", "labels_i8"],
      ["logits_big_f8", "labels_big_i4"],
      ["logits_version_3", "labels_u1"],
      ["fortran_f2", "archive_turned.npz"],
      ["archive_stored.npz", "archive_deflated.npz:labels"],
    ];
    for (const [logits, labels] of kinds) {
      const out = join(cwd, `${logits}-out.npy`);
      const answer = await ilsJson([
        ...["targets", "--method", "ilsq", "--p1", "0.8", "--p2=2"],
        ...["--teacher_temperature", "2"],
        ...["--logits", fixture(logits)],
        ...["--labels", fixture(labels), "--out", out],
      ], { cwd });
      assert.equal(answer.rows, 3);
      assert.equal(answer.classes, 4);
      results.push(await readNpy(out));
    }
    const [first, ...others] = results;
    assert.deepEqual(first.shape, [3, 4]);
    assert(first.data instanceof Float32Array);
    for (const other of others) assert.deepEqual(other, first);
  }));

Deno.test("ils targets replaces a file completely, but never its input", () =>
  inFolder(async (cwd) => {
    const logits = join(cwd, "L.npy");
    await Deno.copyFile(LOGITS, logits);
    await Deno.writeFile(join(cwd, "T.npy"), new Uint8Array(10_000));
    const targets = (out: string) =>
      ils([
        ...["targets", "--method", "ls", "--epsilon", "0.4"],
        ...["--logits", logits, "--labels", LABELS, "--out", out],
      ], { cwd });
    assert.equal((await targets("T.npy")).code, 0);
    const { data } = await readNpy(join(cwd, "T.npy"));
    const row = (label: number) => [0, 1, 2, 3].map((k) => k === label ? 7 : 1);
    assert.deepEqual(
      [...data].map((value) => Math.round(10 * Number(value))),
      [row(3), row(0), row(2)].flat(),
    );
    const { code, stderr } = await targets("L.npy");
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^--out must not overwrite the input .*L.npy$/m,
    );
    assert.deepEqual(await Deno.readFile(logits), await Deno.readFile(LOGITS));
  }));

Deno.test("ils evaluate reads numpy's files", () =>
  inFolder(async (cwd) => {
    const metrics = await ilsJson([
      ...["evaluate", "--logits", fixture("logits_f8")],
      ...["--labels", fixture("labels_u1")],
    ], { cwd });
    // Each row is z, z + 1/4, z + 1/2, z + 3/4, so class 3 is always first.
    const exps = [0, 0.25, 0.5, 0.75].map(Math.exp);
    const total = exps.reduce((sum, e) => sum + e, 0);
    assert.deepEqual(
      [metrics.n, metrics.classes, metrics.bins],
      [3, 4, 10],
    );
    assert.equal(metrics.accuracy, 1 / 3);
    const ece = Math.abs(1 / 3 - exps[3] / total);
    assert(Math.abs(metrics.ece - ece) < 1e-12);
    const logLoss = Math.log(total) - (0.75 + 0 + 0.5) / 3;
    assert(Math.abs(metrics.logLoss - logLoss) < 1e-12);
  }));
