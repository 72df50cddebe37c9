import assert from "node:assert/strict";
import { logitsLogLoss } from "../../lib/calibration/scores.ts";
import { ensureRun } from "../../lib/runs/ensure.ts";
import { readRunPart } from "../../lib/runs/evaluate.ts";
import { readRunHistory } from "../../lib/runs/store.ts";
import { bestEpoch } from "../../lib/training/history.ts";
import { STUDENT } from "../runs/specs.ts";

Deno.test("a student's epoch is the best on validation, whose weights it keeps", async () => {
  const root = await Deno.makeTempDir();
  try {
    // At this rate losses fluctuate; training stops at the first worse one.
    const training = {
      ...STUDENT.training,
      learningRate: 0.2,
      milestones: [],
      epochs: 40,
      patience: 1,
    };
    const run = await ensureRun({ ...STUDENT, training }, { root });
    const history = await readRunHistory(run);
    const best = bestEpoch(history);
    assert.equal(run.record.bestEpoch, best.epoch);
    assert.equal(best.epoch, history.length - 1);
    assert(history.length < 40, "otherwise the test would prove nothing");
    const { logits, labels } = await readRunPart(run, "val");
    const loss = logitsLogLoss(logits, labels);
    assert(Math.abs(loss - best.validationLoss) < 1e-4);
    // The history contains nothing about the test set.
    for (const key of Object.keys(history[0])) assert.doesNotMatch(key, /test/);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
