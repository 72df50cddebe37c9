/** Training that diverges in a later epoch: the last good state stays on disk. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readCheckpoint } from "../../lib/training/checkpoint_file.ts";
import { fit } from "../../lib/training/fit.ts";
import type { FitContext } from "../../lib/training/fit_options.ts";
import { sgd } from "../../lib/training/optimizer.ts";
import { inFolder } from "../cli/program.ts";
import { weightsOf } from "../models/weights_of.ts";
import { toyOptions, toyProblem, toyShallownet } from "./toy_problem.ts";

/** Trains for three epochs of three steps; the learning rate may explode at a step. */
async function train(
  context: FitContext,
  explodesAt = Infinity,
): Promise<string[]> {
  const problem = toyProblem();
  const model = toyShallownet();
  const optimizer: typeof sgd = (weights, settings) => {
    const inner = sgd(weights, settings);
    return {
      ...inner,
      numbers: (rate, step) =>
        inner.numbers(step < explodesAt ? rate : 1e30, step),
    };
  };
  const settings = { momentum: 0.9, weightDecay: 1e-4 };
  const options = toyOptions(problem, {
    optimizer: (weights) => optimizer(weights, settings),
  });
  try {
    await fit(model, problem.data, options, context);
    return weightsOf(model);
  } finally {
    model.dispose();
    problem.dispose();
  }
}

Deno.test("a loss that is not finite in epoch 3 keeps the state after epoch 2, from which training resumes", () =>
  inFolder(async (folder) => {
    const sound = await train({});
    const checkpoint = { path: join(folder, "last"), run: "a" };
    const message = new RegExp(
      "^Training stopped at epoch 3, step 2, as the training loss is NaN " +
        "\\(mean training loss of the epoch so far [\\d.]+, last validation " +
        "loss [\\d.]+\\); a smaller learning rate may help$",
    );
    await assert.rejects(train({ checkpoint }, 7), { message });
    const bytes = await Deno.readFile(checkpoint.path);
    const { position, arrays } = (await readCheckpoint(checkpoint))!;
    assert.equal(position.history.length, 2);
    for (const { data } of Object.values(arrays)) {
      assert(data.every(Number.isFinite));
    }
    // The same again ends in the same way, and changes nothing.
    await assert.rejects(train({ checkpoint, resume: true }, 7), { message });
    assert.deepEqual(await Deno.readFile(checkpoint.path), bytes);
    // With a learning rate that does not explode, the epochs before it count.
    const epochs: number[] = [];
    const onEpoch = ({ epoch }: { epoch: number }) => epochs.push(epoch);
    const resumed = await train({ checkpoint, resume: true, onEpoch });
    assert.deepEqual(epochs, [3]);
    assert.deepEqual(resumed, sound);
  }));
