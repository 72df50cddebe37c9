import assert from "node:assert/strict";
import { explainNumber } from "../../../lib/calibration/explain/explain_number.ts";
import { logitsOf } from "../../../lib/matrix_kinds.ts";
import {
  ils,
  ilsJson,
  inFolder,
  LABELS,
  LOGITS,
  writeInputs,
} from "../program.ts";

const ARGS = "evaluate --logits L.npy --labels Y.npy".split(" ");
const SCALED = "--val-logits L.npy --val-labels Y.npy".split(" ");
const TEST = { logits: logitsOf(LOGITS), labels: Int32Array.from(LABELS) };

Deno.test("ils evaluate --explain --json prints what explainNumber() finds", () =>
  inFolder(async (cwd) => {
    await writeInputs(cwd);
    const { remarks: _, ...json } = await ilsJson(
      [...ARGS, ...SCALED, "--explain", "66.7%", "--ece-bins=7"],
      { cwd },
    );
    const expected = explainNumber(TEST, "66.7%", {
      ...{ validation: TEST, bins: [7] },
    });
    const named = (values: typeof expected.closest) =>
      values.map((value) => ({ ...value, by: value.by ?? null }));
    assert.deepEqual(json, {
      ...expected,
      closest: named(expected.closest),
      likeliest: named([expected.likeliest!])[0],
    });
    assert.equal(json.likeliest.convention, "accuracy");
  }));

Deno.test("ils evaluate --explain states the tolerance, the likeliest and the closest", () =>
  inFolder(async (cwd) => {
    await writeInputs(cwd);
    const { stdout, code } = await ils([...ARGS, "--explain=0.667"], { cwd });
    assert.equal(code, 0);
    const [verdict, likeliest, title, head, first] = stdout.split("\n");
    assert.match(
      verdict,
      /^\d+ values? agrees? with 0\.667 within 0\.0005 \(half a unit of its last digit\); about \d+\.\d would by chance\.$/,
    );
    assert.equal(likeliest, "The most usual of them: accuracy");
    assert.match(title, /^The closest of \d{4,} conventions:$/);
    assert.match(head, /^value +difference +digits +convention$/);
    assert.match(first, /^0\.66667 +-3\.3e-4 +3 of 3 +accuracy/);
  }));

Deno.test("ils evaluate --explain says plainly when nothing comes close", () =>
  inFolder(async (cwd) => {
    await writeInputs(cwd);
    const { stdout } = await ils([...ARGS, "--explain", "7654321"], { cwd });
    const [verdict, title] = stdout.split("\n");
    assert.equal(
      verdict,
      "No convention yields 7654321 within 0.5 (half a unit of its last digit).",
    );
    assert.match(title, /^The closest of/);
  }));

Deno.test("ils evaluate --explain looks in every model and set of rows", () =>
  inFolder(async (cwd) => {
    await writeInputs(cwd);
    const args = [
      ...["evaluate", "--logits", "a=L.npy,b=L.npy", "--labels", "Y.npy"],
      ...["--also", "more=L.npy,L.npy,Y.npy", "--explain", "0.667"],
    ];
    const { explained } = await ilsJson(args, { cwd });
    const names = explained.map(({ name }: { name: string }) => name);
    assert.deepEqual(names, ["a", "a, more", "b", "b, more"]);
    const { stdout } = await ils(args, { cwd });
    for (const name of names) {
      assert.ok(
        stdout.includes(`\n${name}\n`) || stdout.startsWith(`${name}\n`),
      );
    }
  }));

Deno.test("ils evaluate --explain refuses what is no number, and flags without effect", () =>
  inFolder(async (cwd) => {
    await writeInputs(cwd);
    const cases = [
      [
        ["--explain", "four"],
        "--explain must be a number as it is printed, such as 0.0398 or 3.98%: " +
        "current value is four\n",
      ],
      [
        ["--explain", "0.1", "--report", "R.html"],
        "--explain only looks for a number: leave out --report\n",
      ],
      [
        ["--explain", "0.1", "--resamples", "0"],
        "--explain only looks for a number: leave out --resamples\n",
      ],
      [
        ["--explain", "0.1", "--all-metrics"],
        "--explain only looks for a number: leave out --all-metrics\n",
      ],
    ] as const;
    for (const [more, message] of cases) {
      const { code, stderr, stdout } = await ils([...ARGS, ...more], { cwd });
      assert.deepEqual([code, stderr, stdout], [2, message, ""]);
    }
  }));
