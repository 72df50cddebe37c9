import assert from "node:assert/strict";
import { ensureRun } from "../../lib/runs/ensure.ts";
import { studyRejection } from "../../lib/study/rejection.ts";
import { TINY } from "../runs/specs.ts";

Deno.test("studyRejection() agrees with the run's own areas, and normalises with a norm of validation rows", async () => {
  const root = await Deno.makeTempDir();
  try {
    const run = await ensureRun(TINY, { root });
    const network = { method: "ce", seed: 1, run } as const;
    const [{ record, curve }] = await studyRejection([network]);
    const { accuracy, aurc, augrc } = run.record.test.plain;
    assert(Math.abs(record.aurc - aurc) < 1e-9);
    assert(Math.abs(record.augrc - augrc) < 1e-9);
    assert.notEqual(record.normalisedAurc, record.aurc);
    assert.equal(curve.length, 100);
    assert(Math.abs(curve[99].risk - (1 - accuracy)) < 1e-9);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
