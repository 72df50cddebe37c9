import assert from "node:assert/strict";
import { join } from "node:path";
import { evaluateLogits } from "../../../lib/calibration/evaluate.ts";
import { checkRun } from "../../../lib/cli/verify/check_run.ts";
import { withChecksum } from "../../../lib/files/checked_json.ts";
import { writeNpy } from "../../../lib/files/npy.ts";
import { sha256OfFile } from "../../../lib/files/sha256.ts";
import { logitsOf } from "../../../lib/matrix_kinds.ts";
import { METRIC_NAMES } from "../../../lib/calibration/metrics.ts";
import { runId } from "../../../lib/runs/spec.ts";
import { fakeRun, STUDY } from "../../runs/fake_runs.ts";
import { inFolder } from "../program.ts";

const ROWS = [[2, 0], [0, 1], [1, 0], [0.5, 0]];
const LABELS = Int32Array.of(0, 1, 1, 0);

/** Writes a run whose record is right; returns its folder. */
async function writeTrueRun(root: string) {
  const folder = join(root, "run");
  await Deno.mkdir(folder);
  const logits = logitsOf(ROWS);
  const files: Record<string, string> = {};
  for (const part of ["val", "test"]) {
    const name = `logits-${part}.npy`;
    const data = Float32Array.from(ROWS.flat());
    await writeNpy(join(folder, name), { data, shape: [4, 2] });
    await writeNpy(join(folder, `labels-${part}.npy`), {
      ...{ data: LABELS, shape: [4] },
    });
    files[name] = (await sha256OfFile(join(folder, name)))!;
  }
  const { record } = fakeRun(STUDY);
  const validation = { logits, labels: LABELS };
  await Deno.writeTextFile(
    join(folder, "run.json"),
    JSON.stringify(withChecksum({
      ...record,
      ...{ id: runId(STUDY), files },
      validation: evaluateLogits(logits, LABELS, { bins: 10 }),
      test: evaluateLogits(logits, LABELS, { bins: 10, validation }),
    })),
  );
  return folder;
}

/** Checks a run after a change of its record, as text. */
function checkedAfter(change: (text: string) => string) {
  return inFolder(async (root) => {
    const folder = await writeTrueRun(root);
    const path = join(folder, "run.json");
    const text = await Deno.readTextFile(path);
    const changed = change(text);
    await Deno.writeTextFile(path, changed);
    return (await checkRun("run", folder))!;
  });
}

Deno.test("a run whose record follows from its logits has no differences", async () => {
  const { numbers, differences, changed } = await checkedAfter((text) => text);
  // n, classes, bins and the metrics: plain twice and scaled, and a temperature.
  assert.equal(numbers, 3 * (3 + METRIC_NAMES.length) + 1);
  assert.deepEqual(differences, []);
  assert.deepEqual(changed, []);
});

/** Changes of a record, and what must name them. */
const CHANGES: readonly [RegExp, string, string][] = [
  [/"accuracy":0.75/, '"accuracy":0.76', "validation accuracy"],
  [/"temperature":[\d.]+/, '"temperature":9', "test temperature parameters"],
  [/"seed":1/, '"seed":2', "id"],
];

for (const [pattern, replacement, named] of CHANGES) {
  Deno.test(`a record with ${replacement} differs in ${named}`, async () => {
    const { differences, changed } = await checkedAfter((text) =>
      text.replace(pattern, replacement)
    );
    assert.deepEqual(changed, ["run/run.json has changed"]);
    const [{ file, column }] = differences;
    assert.equal(file, "run/run.json");
    assert(column!.startsWith(named), column!);
  });
}

Deno.test("changed and lost files are found by their hashes", () =>
  inFolder(async (root) => {
    const folder = await writeTrueRun(root);
    const path = join(folder, "logits-test.npy");
    const data = Float32Array.from(ROWS.flat());
    data[0] += 1e-6;
    await writeNpy(path, { data, shape: [4, 2] });
    const { changed } = (await checkRun("run", folder))!;
    assert.deepEqual(changed, ["run/logits-test.npy has changed"]);
    assert.equal(await checkRun("other", join(root, "other")), undefined);
    await Deno.remove(join(folder, "logits-val.npy"));
    await assert.rejects(checkRun("run", folder), { name: "BadInput" });
  }));
