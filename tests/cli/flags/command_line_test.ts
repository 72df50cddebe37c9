import assert from "node:assert/strict";
import { BadInput } from "../../../lib/bad_input.ts";
import {
  parseCommandLine,
  parseFlags,
} from "../../../lib/cli/flags/command_line.ts";
import {
  choice,
  number,
  numbers,
  optional,
  required,
  text,
  toggle,
  whole,
  withDefault,
} from "../../../lib/cli/flags/flags.ts";

const FLAGS = {
  name: required(text("NAME", "a name")),
  batchSize: withDefault(512, whole(1, "images per step")),
  epsilon: optional(number({ low: 0, high: 1, highOpen: true }, "the mass")),
  milestones: withDefault(
    [0.5],
    numbers({ low: 0, high: 1, lowOpen: true, highOpen: true }, "fractions"),
  ),
  optimizer: withDefault<"sgd" | "adam">(
    "sgd",
    choice(["sgd", "adam"], { placeholder: "O", help: "which" }),
  ),
  resume: toggle("continue"),
};

const parse = (...args: string[]) =>
  parseFlags(["--name", "x", ...args], FLAGS);

Deno.test("parseFlags() returns given values, and defaults for the rest", () => {
  assert.deepEqual(parse("--epsilon", "0.1"), {
    name: "x",
    batchSize: 512,
    epsilon: 0.1,
    milestones: [0.5],
    optimizer: "sgd",
    resume: false,
  });
});

Deno.test("parseFlags() accepts _ for -, and = or a space before a value", () => {
  const ways = [
    ["--batch-size", "64"],
    ["--batch_size", "64"],
    ["--batch-size=64"],
    ["--batch_size=64"],
  ];
  for (const way of ways) assert.equal(parse(...way).batchSize, 64);
});

Deno.test("parseFlags() keeps _ in values", () => {
  assert.equal(parseFlags(["--name=a_b=c_d"], FLAGS).name, "a_b=c_d");
  assert.equal(parseFlags(["--name", "a_b"], FLAGS).name, "a_b");
});

Deno.test("parseFlags() parses lists, choices and switches", () => {
  const values = parse(
    "--milestones",
    "0.25,0.5",
    "--resume",
    "--optimizer=adam",
  );
  assert.deepEqual(values.milestones, [0.25, 0.5]);
  assert.equal(values.resume, true);
  assert.equal(values.optimizer, "adam");
});

Deno.test("parseFlags() parses decimal and exponential numbers", () => {
  const written = [["1e-4", 1e-4], [".5", 0.5], ["0", 0], ["+0.25", 0.25]];
  for (const [text, value] of written) {
    assert.equal(parse("--epsilon", text as string).epsilon, value);
  }
});

Deno.test("parseFlags() accepts negative numbers, also after a space", () => {
  const flags = { shift: optional(number({ low: -2, high: 2 }, "a shift")) };
  for (const way of [["--shift", "-1.5"], ["--shift=-1.5"]]) {
    assert.equal(parseFlags(way, flags).shift, -1.5);
  }
});

Deno.test("parseFlags() accepts a value that looks like a flag only after =", () => {
  assert.equal(parseFlags(["--name=--resume"], FLAGS).name, "--resume");
  assert.equal(parseFlags(["--name=--a_b"], FLAGS).name, "--a_b");
});

const WRONG: readonly [string[], string][] = [
  [["--epslon", "1"], "Unknown flag --epslon: did you mean --epsilon?"],
  [["--epslon"], "Unknown flag --epslon: did you mean --epsilon?"],
  [
    ["--batch_siz=0.00012345"],
    "Unknown flag --batch-siz: did you mean --batch-size?",
  ],
  [
    ["--eps", "0.1"],
    "Unknown flag --eps: did you mean --epsilon?",
  ],
  [["--batch", "5"], "Unknown flag --batch: did you mean --batch-size?"],
  [["--smoothing", "0.1"], "Unknown flag --smoothing: did you mean --epsilon?"],
  [
    ["--zzz=1"],
    "Unknown flag --zzz: allowed are --name, --batch-size, --epsilon, " +
    "--milestones, --optimizer, --resume",
  ],
  [
    ["--toString=1"],
    "Unknown flag --toString: allowed are --name, " +
    "--batch-size, --epsilon, --milestones, --optimizer, --resume",
  ],
  [["quick"], 'Unexpected argument "quick": it is not a flag'],
  [["-5"], 'Unexpected argument "-5": it is not a flag'],
  [[""], 'Unexpected argument "": it is not a flag'],
  [["--", "--resume"], 'Unexpected argument "--resume": it is not a flag'],
  [["--epsilon"], "--epsilon needs a value"],
  [["--epsilon", "--resume"], "--epsilon needs a value"],
  [["--epsilon", "0.1", "--epsilon=0.2"], "--epsilon is given twice"],
  [["--batch_size=1", "--batch-size=1"], "--batch-size is given twice"],
  [["--resume", "--resume"], "--resume is given twice"],
  [["--epsilon", "abc"], "--epsilon must be a number: current value is abc"],
  [["--epsilon="], '--epsilon must be a number: current value is ""'],
  [["--epsilon", "0x1"], "--epsilon must be a number: current value is 0x1"],
  [["--epsilon", "NaN"], "--epsilon must be a number: current value is NaN"],
  [["--epsilon", "1.2"], "--epsilon must be in [0, 1): current value is 1.2"],
  [["--epsilon", "-1"], "--epsilon must be in [0, 1): current value is -1"],
  [
    ["--epsilon", "1e999"],
    "--epsilon must be in [0, 1): current value is Infinity",
  ],
  [
    ["--batch_size", "2.5"],
    "--batch-size must be a whole number of at least 1: current value is 2.5",
  ],
  [
    ["--batch_size", "9007199254740992"],
    "--batch-size must be a whole number of at least 1 and at most 2^53 - 1: " +
    "current value is 9007199254740992",
  ],
  [
    ["--milestones", "0.5,,1"],
    '--milestones must be a number: current value is ""',
  ],
  [
    ["--optimizer", "lion"],
    "--optimizer must be one of sgd, adam: current value is lion",
  ],
  [
    ["--optimizer", "adm"],
    "--optimizer must be one of sgd, adam: current value is adm, did you mean " +
    "adam?",
  ],
  [["--resume=yes"], "--resume takes no value: current value is yes"],
];

for (const [args, message] of WRONG) {
  Deno.test(`parseFlags() refuses ${args.join(" ")}`, () => {
    assert.throws(() => parse(...args), new BadInput(message));
  });
}

Deno.test("parseFlags() names a missing or empty required flag", () => {
  assert.throws(
    () => parseFlags(["--resume"], FLAGS),
    new BadInput("--name NAME is required"),
  );
  assert.throws(
    () => parseFlags(["--name", ""], FLAGS),
    new BadInput("--name must not be empty"),
  );
});

const SHOW = {
  program: "deno task ils",
  name: "show",
  summary: "show a run",
  flags: { run: required(text("RUN", "a run")), ...FLAGS, name: toggle("n") },
  first: "run",
  examples: [`show RUN ${"--milestones 0.25,0.5 ".repeat(3).trim()}`],
  notes: `The first line
of notes.

Another paragraph.`,
  lists: { "Words:": new Map([["one", "a word"], ["three", "a word"]]) },
};

Deno.test("parseCommandLine() accepts the first flag's value as a positional argument", () => {
  const ways = [["R"], ["R", "--resume"], ["--resume", "R"], ["--run", "R"]];
  for (const way of ways) {
    const request = parseCommandLine(way, SHOW);
    assert(request.kind === "run");
    assert.equal(request.values.run, "R");
  }
  assert.throws(
    () => parseCommandLine(["R", "--run", "R"], SHOW),
    new BadInput("--run is given twice"),
  );
  assert.throws(
    () => parseCommandLine(["R", "S"], SHOW),
    /^BadInput: Unexpected argument "S": it is not a flag; for example: deno task ils show RUN --mile/,
  );
});

Deno.test("parseCommandLine() returns the help before it checks any value", () => {
  const asked = [
    ["--help"],
    ["-h"],
    ["--epsilon", "x", "--help"],
    ["--zzz", "--help"],
    ["--epsilon", "--help"],
  ];
  for (const args of asked) {
    assert.equal(parseCommandLine(args, SHOW).kind, "help", args.join(" "));
  }
});

Deno.test("the help shows usage, notes, flags, lists and examples", () => {
  const request = parseCommandLine(["--help"], SHOW);
  assert(request.kind === "help");
  assert.equal(
    request.text,
    `Usage: deno task ils show RUN [flags]

Show a run.

The first line of notes.

Another paragraph.

Flags:
  --run RUN         a run (required)
  --name            n
  --batch-size N    images per step (default: 512)
  --epsilon X       the mass
  --milestones X,X  fractions (default: 0.5)
  --optimizer O     which: sgd, adam (default: sgd)
  --resume          continue
  -h, --help        show this help

Words:
  one    a word
  three  a word

Examples:
  deno task ils show RUN --milestones 0.25,0.5 --milestones 0.25,0.5 \\
      --milestones 0.25,0.5
`,
  );
});
