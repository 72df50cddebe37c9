import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import { previousPath } from "../../lib/training/checkpoint_file.ts";
import { fit } from "../../lib/training/fit.ts";
import type { FitOptions } from "../../lib/training/fit_options.ts";
import type { EpochRecord } from "../../lib/training/history.ts";
import { openLoss } from "../../lib/training/open_loss.ts";
import { adam } from "../../lib/training/optimizer.ts";
import {
  toyOptions,
  type ToyProblem,
  toyProblem,
  toyShallownet,
  toyStochastic,
} from "./toy_problem.ts";
import { weightsOf } from "../models/weights_of.ts";
import { inFolder } from "../cli/program.ts";

/** Beta smoothing, which averages the weights and draws random numbers. */
function byBeta({ labels }: ToyProblem): Partial<FitOptions> {
  const numbers = { betaA: 3, betaWeight: 0.6, emaDecay: 0.8 };
  const { loss } = openLoss(
    { name: "beta", ...numbers },
    { labels, classes: 3, seed: 1 },
  );
  return { loss };
}

// With dropout, augmentation, batch normalisation and a falling learning rate.
const CHANGES: Record<
  string,
  (problem: ToyProblem) => Partial<FitOptions>
> = {
  sgd: () => ({ augment: true }),
  adam: () => ({ augment: true, optimizer: (weights) => adam(weights) }),
  beta: byBeta,
};

for (const [name, changesFor] of Object.entries(CHANGES)) {
  Deno.test(`fit() with ${name} gives the same bytes if stopped anywhere and resumed`, async () => {
    const problem = toyProblem();
    const changes = changesFor(problem);
    const uninterrupted = await train(problem, changes);
    // Of 9 steps: within an epoch, at its end, right after it, and repeatedly.
    for (const stops of [[2], [3], [4], [1, 5, 8]]) {
      const resumed = await train(problem, changes, stops);
      assert.deepEqual(resumed, uninterrupted, `stopped after steps ${stops}`);
    }
    problem.dispose();
  });
}

Deno.test("fit() with stochastic depth drops the same blocks if stopped and resumed", async () => {
  const problem = toyProblem();
  const options = { open: toyStochastic };
  const uninterrupted = await train(problem, {}, [], options);
  assert.deepEqual(await train(problem, {}, [2, 7], options), uninterrupted);
  problem.dispose();
});

Deno.test("fit() keeps the best weights if stopped within an epoch", async () => {
  const problem = toyProblem({ noise: true });
  const schedule = { learningRate: 0.05, milestones: [], gamma: 1 };
  const changes = { epochs: 12, patience: 3, schedule };
  const uninterrupted = await train(problem, changes);
  const lastStep = 3 * uninterrupted.history.length;
  const resumed = await train(problem, changes, [lastStep - 2]);
  assert.deepEqual(resumed, uninterrupted);
});

Deno.test("fit() with resume starts from scratch if there is no checkpoint", async () => {
  await inFolder(async (folder) => {
    const problem = toyProblem();
    const weights = [true, false].map(async (resume) => {
      const model = toyShallownet();
      const path = `${folder}/${resume}`;
      await fit(model, problem.data, toyOptions(problem), {
        checkpoint: { path, run: "a" },
        resume,
      });
      return weightsOf(model);
    });
    assert.deepEqual(await weights[0], await weights[1]);
  });
});

Deno.test("fit() without resume ignores a checkpoint", async () => {
  await inFolder(async (folder) => {
    const problem = toyProblem();
    const context = { checkpoint: { path: `${folder}/last`, run: "a" } };
    const options = toyOptions(problem);
    await fit(toyShallownet(), problem.data, options, context);
    const steps: number[] = [];
    await fit(toyShallownet(), problem.data, options, {
      ...context,
      onStep: ({ step }) => steps.push(step),
    });
    assert.equal(steps.length, 9);
  });
});

Deno.test("fit() refuses damaged checkpoints and those of another run", async () => {
  await inFolder(async (folder) => {
    const problem = toyProblem();
    const path = `${folder}/last.safetensors`;
    const model = toyShallownet();
    const resume = (run: string) =>
      fit(model, problem.data, toyOptions(problem), {
        checkpoint: { path, run },
        resume: true,
      });
    await resume("a");
    const before = tf.memory().numTensors;
    await assert.rejects(resume("b"), {
      name: "BadInput",
      message: `Cannot resume from ${path}: it belongs to run a, not b`,
    });
    const bytes = await Deno.readFile(path);
    await Deno.writeFile(path, bytes.subarray(0, bytes.length - 1));
    await Deno.remove(previousPath(path));
    await assert.rejects(resume("a"), {
      name: "BadInput",
      message:
        /^Cannot read .*: array .* is cut short or has a wrong shape; to start over, remove .*last\.safetensors$/,
    });
    assert.equal(tf.memory().numTensors, before);
  });
});

Deno.test("fit() gives the same bytes from the checkpoint before a damaged one", async () => {
  const problem = toyProblem();
  const changes = CHANGES.adam(problem);
  const uninterrupted = await train(problem, changes);
  const remarks: string[] = [];
  const resumed = await train(problem, changes, [5, 8], {
    beforeResume: damage,
    onRemark: (remark) => remarks.push(remark),
  });
  assert.deepEqual(resumed, uninterrupted);
  assert.equal(remarks.length, 2);
  for (const remark of remarks) {
    assert.match(
      remark,
      /damaged \(wrong checksum\); the checkpoint before it is used$/,
    );
  }
  problem.dispose();
});

/** Flips a bit of the last number in a file. */
async function damage(path: string): Promise<void> {
  const bytes = await Deno.readFile(path);
  bytes[bytes.length - 2] ^= 4;
  await Deno.writeFile(path, bytes);
}

interface Trained {
  readonly weights: string[];
  readonly history: Omit<EpochRecord, "seconds" | "imagesPerSecond">[];
}

/** Trains with a new model after each stop, as a new process would. */
function train(
  problem: ToyProblem,
  changes: Partial<FitOptions>,
  stops: readonly number[] = [],
  { open = toyShallownet, beforeResume, onRemark }: {
    readonly open?: (seed: number) => tf.LayersModel;
    /** Called with the path of the checkpoint. */
    readonly beforeResume?: (path: string) => Promise<void>;
    readonly onRemark?: (remark: string) => void;
  } = {},
): Promise<Trained> {
  return inFolder(async (folder) => {
    const options = toyOptions(problem, changes);
    const checkpoint = { path: `${folder}/last.safetensors`, run: "a" };
    for (const [i, stop] of [...stops, Infinity].entries()) {
      if (i > 0) await beforeResume?.(checkpoint.path);
      const model = open(i === 0 ? 1 : 99);
      const controller = new AbortController();
      const { signal } = controller;
      const training = fit(model, problem.data, options, {
        checkpoint,
        resume: true,
        signal,
        ...(onRemark === undefined ? {} : { onRemark }),
        onStep: ({ epoch, step, steps }) => {
          if ((epoch - 1) * steps + step === stop) controller.abort("stop");
        },
      });
      if (stop === Infinity) {
        const history = (await training)
          .map(({ seconds: _, imagesPerSecond: __, ...rest }) => rest);
        const weights = weightsOf(model);
        model.dispose();
        return { weights, history };
      }
      await assert.rejects(training, (reason) => reason === "stop");
      model.dispose();
    }
    throw new Error("unreachable");
  });
}
