import assert from "node:assert/strict";
import { notebookProgress } from "../../../lib/cli/reproduce/notebook_progress.ts";
import {
  PLANNED_PROFILES,
  PROFILE_GROUPS,
} from "../../../lib/cli/reproduce/profile_plan.ts";
import { main } from "../../../lib/cli/reproduce/reproduce.ts";

/** Returns the exit code, standard error and standard output. */
async function outputOf(args: string[]): Promise<[number, string, string]> {
  let text = "";
  let printed = "";
  const code = await main(args, {
    log: (more) => text += more,
    print: (more) => printed += more,
  });
  return [code, text, printed];
}

const BAD: readonly [string[], RegExp][] = [
  [["--profile", "huge"], /^--profile must be one of .*quick.*: .* huge\n$/],
  [["--only", "99"], /^--only must name notebooks among 01.*: .* 99\n$/],
  [["--cell_timeout=0"], /^--cell-timeout must be a whole number .* 0\n$/],
  [["--force", "--only", "01"], /^--force executes all notebooks again.*\n$/],
  [["--forse"], /^Unknown flag --forse: did you mean --force\?\n$/],
  [
    ["quick"],
    /^Unexpected argument "quick": it is not a flag; for example: deno task reproduce/,
  ],
  [["--force", "--force"], /^--force is given twice\n$/],
  [["--profile", "smok"], /did you mean smoke\?\n$/],
];

for (const [args, message] of BAD) {
  Deno.test(`reproduce ${args.join(" ")} is bad usage, in one line`, async () => {
    const [code, text, printed] = await outputOf(args);
    assert.equal(code, 2);
    assert.equal(printed, "");
    assert.match(text, message);
  });
}

Deno.test("reproduce --help lists the profiles and examples", async () => {
  for (const flag of ["--help", "-h"]) {
    const [code, text, printed] = await outputOf([flag]);
    assert.equal(code, 0);
    assert.equal(text, "");
    for (const name of [...PLANNED_PROFILES.keys(), ...PROFILE_GROUPS.keys()]) {
      assert.match(printed, new RegExp(`^  ${name} +\\S`, "m"));
    }
    assert.match(printed, /^ {2}deno task reproduce --only 04,05$/m);
    assert(printed.split("\n").every((line) => line.length <= 80));
  }
});

function progressText(columns: number | undefined, note = "epoch 2/9"): string {
  let text = "";
  const progress = notebookProgress({
    write: (more) => text += more,
    columns,
    notebooks: ["01_teacher", "02_targets"],
  });
  progress.skip("01_teacher");
  progress.begin("02_targets");
  progress.event({ event: "start", cells: 3 });
  progress.event({ event: "cell", cell: 1, line: "const a = 1;" });
  progress.event({ event: "note", text: note });
  progress.event({ event: "cell-done", cell: 1, seconds: 61 });
  progress.end(65);
  return text;
}

Deno.test("in a log, progress has one line per cell", () => {
  assert.equal(
    progressText(undefined),
    `[1/2] 01_teacher  up to date
[2/2] 02_targets
  cell 1/3  1 min 01 s
[2/2] 02_targets  3 cells  1 min 05 s
`,
  );
});

Deno.test("on a terminal, progress is one line, redrawn within its width", () => {
  const text = progressText(46);
  const drawn = text.replace(/\d\.\d s/g, "T").split("\r\x1b[K");
  assert(drawn.includes("[2/2] 02_targets  T  starting"));
  assert(drawn.includes("[2/2] cell 1/3  T  epoch 2/9"));
  assert.equal(drawn.at(-1), "[2/2] 02_targets  3 cells  1 min 05 s\n");
});

Deno.test("80 columns still show the time left of a training", () => {
  const note = "fashionmnist-mlp-ce-s1-07e2dafacb  ████████░░░░░░░░  " +
    "epoch 3/8  loss 0.3456  18000 images/s  12 s left";
  const drawn = (columns: number) =>
    progressText(columns, note).replace(/\d\.\d s/g, "T").split("\r\x1b[K");
  assert(
    drawn(80).includes(
      "[2/2] cell 1/3  T  epoch 3/8  loss 0.3456  18000 images/s  12 s left",
    ),
  );
  assert(drawn(200).includes(`[2/2] 02_targets  T  cell 1/3 T  ${note}`));
  const code = 'await nb.show("a line of code that is far too long for this");';
  const narrow = progressText(40, code).replace(/\d\.\d s/g, "T");
  assert(narrow.includes('[2/2] cell 1/3  T  await nb.show("…'));
});
