import assert from "node:assert/strict";
import { parseFlags } from "../../../lib/cli/flags/command_line.ts";
import { trainFlags, trainSpec } from "../../../lib/cli/flags/train_flags.ts";
import type { RunSpec } from "../../../lib/runs/spec.ts";

/** The run that a line of flags describes. */
function specOf(line: string): RunSpec {
  const needed = "--dataset excerpt --model mlp".split(" ");
  const given = line === "" ? [] : line.split(" ");
  return trainSpec(parseFlags([...needed, ...given], trainFlags), null);
}

/** A flag, and where in the spec its value must stand. */
const REACHES: readonly [string, (spec: RunSpec) => unknown, unknown][] = [
  ["--lr 0.03", ({ training }) => training.learningRate, 0.03],
  ["--optimizer adam", ({ training }) => training.optimizer, "adam"],
  ["--momentum 0.5", ({ training }) => training.momentum, 0.5],
  ["--weight-decay 0.002", ({ training }) => training.weightDecay, 0.002],
  ["--milestones 0.3,0.6", ({ training }) => training.milestones, [0.3, 0.6]],
  ["--gamma 0.2", ({ training }) => training.gamma, 0.2],
  ["--batch_size 7", ({ training }) => training.batchSize, 7],
  ["--epochs 3", ({ training }) => training.epochs, 3],
  ["--estop 4", ({ training }) => training.patience, 4],
  ["--estop 0", ({ training }) => training.patience, null],
  ["--tr_size 0.6", ({ data }) => data.trainFraction, 0.6],
  ["--limit 50", ({ data }) => data.limit, 50],
  ["--seed 9", ({ seed }) => seed, 9],
  [
    "--method ls --epsilon 0.2",
    ({ objective }) => objective,
    { kind: "targets", method: { name: "ls", epsilon: 0.2 } },
  ],
];

Deno.test("every flag of ils train that shapes a training reaches its spec", () => {
  const usual = specOf("");
  for (const [line, read, value] of REACHES) {
    assert.deepEqual(read(specOf(line)), value, line);
    assert.notDeepEqual(read(usual), value, `${line} changes nothing`);
  }
});

Deno.test("ils train has the study's settings where no flag is given", () => {
  const { data, training } = specOf("");
  assert.deepEqual(data, {
    dataset: "excerpt",
    limit: null,
    trainFraction: 0.8,
  });
  const { learningRate, batchSize, epochs, patience, weightDecay } = training;
  assert.deepEqual(
    [learningRate, batchSize, epochs, patience, weightDecay],
    [0.1, 512, 100, 10, 1e-4],
  );
});
