import assert from "node:assert/strict";
import { parseFlags } from "../../../lib/cli/flags/command_line.ts";
import { trainFlags, trainSpec } from "../../../lib/cli/flags/train_flags.ts";
import { runId, type RunSpec } from "../../../lib/runs/spec.ts";

/** Returns the run that a line of flags describes. */
function specOf(line: string): RunSpec {
  const required = "--dataset excerpt --model mlp".split(" ");
  const others = line === "" ? [] : line.split(" ");
  return trainSpec(parseFlags([...required, ...others], trainFlags));
}

/** Flags, where in the spec their value is, and that value. */
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

Deno.test("every training flag of ils train sets its value in the spec", () => {
  const usual = specOf("");
  for (const [line, read, value] of REACHES) {
    assert.deepEqual(read(specOf(line)), value, line);
    assert.notDeepEqual(read(usual), value, `${line} changes nothing`);
  }
});

Deno.test("ils train without flags has the study's settings", () => {
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

/** Flags and the run ids that version 0.1.0 gave them. */
const IDS: readonly [string, string][] = [
  ["", "ce-s1-6e4f6703a0"],
  ["--lr 0.03 --optimizer adam --weight-decay 0.002", "ce-s1-bc539db9a0"],
  ["--momentum 0.5 --milestones 0.3,0.6 --gamma 0.2", "ce-s1-7ae8726003"],
  [
    "--estop 0 --limit 50 --tr_size 0.6 --seed 9 --batch_size 7 --epochs 3",
    "ce-s9-c0dec37894",
  ],
  ["--method ls", "ls-s1-3e91514ca3"],
  ["--method cls --temperature 2", "cls-s1-921555df7e"],
  ["--method ils", "ils-s1-57425a2b72"],
  ["--method ils1", "ils1-s1-e954bfebd3"],
  ["--method ils2", "ils2-s1-5de83aac4b"],
  ["--method ilsq", "ilsq-s1-189c291f71"],
  ["--method ils-even", "ils-even-s1-4f2c817ce2"],
  [
    "--method ils-inverse-even --scores shifted-logits",
    "ils-inverse-even-s1-bb601d8cd1",
  ],
  ["--method ils-inverse", "ils-inverse-s1-0195419d99"],
  ["--method mix", "mix-s1-a88be31530"],
  [
    "--method self-distillation --generations 3",
    "self-distillation-s1-1dfb3461d5",
  ],
  ["--method bootstrap-soft", "bootstrap-soft-s1-f1d43aff8d"],
  ["--method beta", "beta-s1-9d90e8c6e5"],
  ["--method focal --focal-gamma 2", "focal-s1-8b3ee321ea"],
  ["--method flsd-53", "flsd-53-s1-765fb4771b"],
  ["--method mbls", "mbls-s1-4c45024fce"],
  ["--method confidence-penalty", "confidence-penalty-s1-908d3abf7b"],
  ["--method brier", "brier-s1-211d8c73f1"],
  [
    "--method ils2 --teacher-ensemble 3 --teacher-method ls",
    "ils2-s1-b9a9371718",
  ],
  [
    "--method ils --teacher-folds 5 --teacher-repeats 2 --teacher-method ils " +
    "--teacher-epsilon 0.2",
    "ils-s1-ebcc6754ec",
  ],
];

Deno.test("flags give the same run ids as in version 0.1.0", () => {
  const ids = IDS.map(([line]) => [line, runId(specOf(line))]);
  const expected = IDS.map(([line, id]) => [line, `excerpt-mlp-${id}`]);
  assert.deepEqual(ids, expected);
});
