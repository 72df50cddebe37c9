import assert from "node:assert/strict";
import { BadInput } from "../../../../lib/bad_input.ts";
import { parseFlags } from "../../../../lib/cli/flags/command_line.ts";
import { messageWithFlags } from "../../../../lib/cli/flags/message_with_flags.ts";
import {
  trainArguments,
  trainCommand,
} from "../../../../lib/cli/flags/train_command.ts";
import {
  trainFlags,
  trainSpec,
} from "../../../../lib/cli/flags/train_flags.ts";
import { tuneCommands } from "../../../../lib/cli/commands/tune/tune_commands.ts";
import {
  tuneFlags,
  tuneInputs,
} from "../../../../lib/cli/commands/tune/tune_flags.ts";
import {
  type ForeignTeacher,
  runId,
  type RunSpec,
} from "../../../../lib/runs/spec.ts";
import { planTune } from "../../../../lib/tune/plan.ts";

const BASE = "--dataset excerpt --model mlp --batch_size 20 --epochs 3";

const inputsOf = (flags: string, teacher?: ForeignTeacher) =>
  tuneInputs(parseFlags(`${BASE} ${flags}`.split(" "), tuneFlags), { teacher });

const specOf = (args: readonly string[]): RunSpec =>
  trainSpec(parseFlags(args, trainFlags));

/** The run of `ils train` on one thread, as in `ils tune`. */
const singleOf = (args: readonly string[]) =>
  specOf([...args, "--threads", "1"]);

Deno.test("each run of ils tune is that of ils train with the same flags on one thread", () => {
  const inputs = inputsOf(
    "--methods ce,ls,ilsq,ils-shrunk --epsilon 0.05,0.1 --p1 0.8 --p2 2 " +
      "--shrink 0.5 --temperature 4 --seeds 5,6 --lr 0.02 --limit 100",
  );
  const expected = [
    "",
    "--method ls --epsilon 0.05",
    "--method ls --epsilon 0.1",
    "--method ilsq --p1 0.8 --p2 2 --temperature 4",
    "--method ils-shrunk --epsilon 0.05 --shrink 0.5 --temperature 4",
    "--method ils-shrunk --epsilon 0.1 --shrink 0.5 --temperature 4",
    "--method ils-shrunk --p1 0.8 --p2 2 --shrink 0.5 --temperature 4",
  ].map((method) =>
    [5, 6].map((seed) =>
      singleOf(
        `${BASE} ${method} --seed ${seed} --lr 0.02 --limit 100`
          .split(/ +/),
      )
    )
  );
  assert.deepEqual(
    inputs.map((runs) => runs.map(({ spec }) => spec)),
    expected,
  );
});

Deno.test("teacher flags apply only to methods with a teacher", () => {
  const folds = inputsOf(
    "--methods ls,ils2 --epsilon 0.1 --temperature 1 --seeds 1 " +
      "--teacher_folds 3 --teacher_method ls",
  );
  assert.deepEqual(folds.map(([{ spec }]) => spec), [
    singleOf(`${BASE} --method ls --epsilon 0.1`.split(" ")),
    singleOf(
      `${BASE} --method ils2 --epsilon 0.1 --temperature 1 --teacher_folds 3 --teacher_method ls`
        .split(" "),
    ),
  ]);
  const fromLogits = inputsOf(
    "--methods ls,ils2 --epsilon 0.1 --temperature 1 --seeds 1 --teacher L.npy",
    { kind: "logits", logits: "ab" },
  );
  assert.deepEqual(
    fromLogits.map(([{ spec }]) => spec.teacher),
    [null, { kind: "logits", logits: "ab" }],
  );
});

const WRONG: readonly [string, RegExp][] = [
  [
    "--methods ls,lss",
    /^--methods must be one of ce, .*: current .* lss, did you mean ls\?$/,
  ],
  [
    "--methods ls,ls",
    /^--methods must not repeat a value: ls is twice in ls,ls$/,
  ],
  [
    "--epsilon 0.1,0.10",
    /^--epsilon must not repeat a value: 0.1 is twice in 0.1,0.10$/,
  ],
  ["--epsilon 0.1,", /^--epsilon must be a number: current value is ""$/],
  ["--epsilon 0.1,1", /^--epsilon must be in \[0, 1\): current value is 1$/],
  ["--seeds 1,-2", /^--seeds must be a whole number .* -2$/],
  ["--seeds 1,1", /^--seeds must not repeat a value: 1 is twice in 1,1$/],
  ["--method ls", /^Unknown flag --method: did you mean --methods\?$/],
  ["--seed 1", /^Unknown flag --seed: did you mean --seeds\?$/],
  [
    "--methods ls --p1 0.8",
    /^None of the methods ls uses --p1: .* ils1, ilsq, ils-shrunk$/,
  ],
  [
    "--methods ce,ls --teacher-folds 3",
    /^--teacher-folds is not used: none of the methods ce, ls has a teacher$/,
  ],
  [
    "--methods ils --teacher-ensemble 2 --teacher-folds 2",
    /^--teacher-ensemble and --teacher-folds exclude each other$/,
  ],
  [
    "--optimizer adam --momentum 0.5",
    /^--optimizer adam does not use --momentum$/,
  ],
];

Deno.test("a wrong flag, or one that no method uses, is bad input", () => {
  for (const [flags, message] of WRONG) {
    assert.throws(() => inputsOf(flags), (error: Error) => {
      assert.ok(error instanceof BadInput, `${flags}: ${error}`);
      assert.match(messageWithFlags(error), message);
      return true;
    });
  }
});

Deno.test("trainArguments() leaves out defaults", () => {
  const line =
    `${BASE} --method ls --epsilon 0.1 --milestones 0.3,0.6 --resume`;
  const args = trainArguments(parseFlags(line.split(" "), trainFlags));
  assert.equal(
    args.join(" "),
    "--dataset excerpt --model mlp --method ls --epsilon 0.1 " +
      "--milestones 0.3,0.6 --batch-size 20 --epochs 3 --resume",
  );
});

Deno.test("trainCommand() quotes arguments for a shell", () => {
  const teacher = "--teacher=it's mine.npy";
  const args = [...BASE.split(" "), "--method", "ils", teacher];
  assert.match(
    trainCommand(parseFlags(args, trainFlags)),
    / --teacher 'it'\\''s mine.npy' /,
  );
});

/** Returns the ids of the runs that commands train. */
function idsOf(commands: readonly string[]): string[] {
  return commands.map((line) =>
    runId(specOf(line.replace("deno task ils train ", "").split(" ")))
  );
}

function commandsFor(flags: string) {
  const inputs = inputsOf(flags);
  const plan = planTune(
    inputs.map((runs) => runs.map(({ spec }) => spec)),
  );
  const known = new Map<string, (typeof inputs)[0][0]["values"]>();
  for (const { values, spec } of inputs.flat()) {
    known.set(runId(spec), values);
  }
  const ids = idsOf(tuneCommands(plan, known));
  return { plan, ids, specs: new Map(plan.runs.map((run) => [run.id, run])) };
}

Deno.test("tuneCommands() returns commands for the plan's runs, teachers first", () => {
  const { plan, ids } = commandsFor(
    "--methods ls,ils2 --epsilon 0.05,0.1 --temperature 1 --seeds 1,2",
  );
  assert.equal(ids.length, 4 + 2 + 4);
  assert.deepEqual(ids.toSorted(), plan.runs.map(({ id }) => id).toSorted());
  assert.match(
    ids.slice(0, 2).join(" "),
    /^excerpt-mlp-ce-s1-\w+ .*-ce-s2-\w+$/,
  );
});

Deno.test("a teacher that flags of ils train cannot describe has no command", () => {
  const { plan, ids, specs } = commandsFor(
    "--methods ils2 --epsilon 0.1 --temperature 1 --seeds 1 " +
      "--teacher-ensemble 3",
  );
  // The first member is an ordinary run; the others use its split.
  assert.equal(plan.runs.length, 4);
  assert.deepEqual(
    ids.map((id) => specs.get(id)!.spec.objective),
    [plan.runs[0].spec.objective, plan.runs[3].spec.objective],
  );
});
