/** The texts of `--help`. */
import assert from "node:assert/strict";
import { parseCommandLine } from "../../lib/cli/flags/command_line.ts";
import { COMMANDS } from "../../lib/cli/commands.ts";
import { flagName } from "../../lib/cli/flags/flag_name.ts";
import { toggle } from "../../lib/cli/flags/flags.ts";
import { trainFlags } from "../../lib/cli/flags/train_flags.ts";
import { ils, inFolder, start } from "./program.ts";

Deno.test("ils --help lists every command, and each has examples", () =>
  inFolder(async (cwd) => {
    const { code, stdout, stderr } = await ils(["--help"], { cwd });
    assert.equal(code, 0);
    assert.equal(stderr, "");
    for (const [name, { summary, load }] of Object.entries(COMMANDS)) {
      const { examples } = await load();
      assert.match(stdout, new RegExp(`^  ${name} +${summary}$`, "m"));
      assert(examples.length > 0, name);
      for (const line of examples) assert(line.startsWith(name), line);
    }
  }));

Deno.test("ils COMMAND --help shows flags, defaults and examples", () =>
  inFolder(async (cwd) => {
    for (const flag of ["--help", "-h"]) {
      const { code, stdout, stderr } = await ils(["train", flag], { cwd });
      assert.equal(code, 0);
      assert.equal(stderr, "");
      assert.match(stdout, /^ {2}--dataset D[^]*?\(required\)$/m);
      assert.match(
        stdout,
        /^ {2}--batch-size N +images per step \(default: 512\)$/m,
      );
      assert.match(stdout, /^Examples:\n {2}deno task ils train --dataset/m);
      const longest = Math.max(
        ...stdout.split("\n").map((line) => line.length),
      );
      assert(longest <= 80, `a line of ${longest}`);
    }
  }));

Deno.test("ils train --help shows common flags, and --help all every flag", () =>
  inFolder(async (cwd) => {
    const flagsIn = async (...args: string[]) => {
      const { code, stdout } = await ils(args, { cwd });
      assert.equal(code, 0);
      return [...stdout.matchAll(/^ {2}(--[\w-]+)/gm)].map(([, flag]) => flag);
    };
    const common = await flagsIn("train", "--help");
    const all = await flagsIn("train", "--help", "all");
    assert.deepEqual(all, [...Object.keys(trainFlags).map(flagName), "--json"]);
    assert.deepEqual(all.filter((flag) => common.includes(flag)), common);
    assert(common.length <= 20, `${common.length} flags`);
    for (const flag of ["--dataset", "--model", "--method", "--json"]) {
      assert(common.includes(flag), flag);
    }
    const { stdout } = await ils(["train", "-h"], { cwd });
    const more = /--help all: also (\d+) more flags/.exec(stdout)?.[1];
    assert.equal(Number(more), all.length - common.length);
    assert.deepEqual(await flagsIn("help", "train", "all"), all);
    // A command with few flags shows all of them in any case.
    assert.deepEqual(
      await flagsIn("export", "--help", "all"),
      await flagsIn("export", "--help"),
    );
  }));

Deno.test("ils --version prints the versions of the project and the engine", () =>
  inFolder(async (cwd) => {
    const { code, stdout, stderr } = await ils(["--version"], { cwd });
    assert.deepEqual([code, stderr], [0, ""]);
    const config = await Deno.readTextFile(
      new URL("../../deno.json", import.meta.url),
    );
    const { version } = JSON.parse(config);
    assert.ok(stdout.startsWith(`${version} (TensorFlow.js `), stdout);
    assert.match(stdout, /^[\d.]+ \(TensorFlow\.js [\d.]+, Deno [\d.]+\)\n$/);
  }));

Deno.test("ils help COMMAND prints the same as ils COMMAND --help", () =>
  inFolder(async (cwd) => {
    const pairs = [
      [["help"], ["--help"]],
      [["help", "export"], ["export", "--help"]],
    ];
    for (const [one, other] of pairs) {
      const answer = await ils(one, { cwd });
      assert.equal(answer.code, 0);
      assert.deepEqual(answer, await ils(other, { cwd }));
    }
  }));

Deno.test("no line of a help text is longer than 80 columns", async () => {
  for (const [name, { summary, load }] of Object.entries(COMMANDS)) {
    const line = { ...await load(), program: "deno task ils", name, summary };
    const request = parseCommandLine(["--help"], line);
    assert(request.kind === "help");
    for (const text of request.text.split("\n")) {
      assert(text.length <= 80, text);
    }
  }
});

Deno.test("a reader that closes standard output does not make ils fail", () =>
  inFolder(async (cwd) => {
    const program = start(["train", "--help"], { cwd });
    await program.stdout.cancel();
    const stderr = await new Response(program.stderr).text();
    assert.deepEqual([(await program.status).code, stderr], [0, ""]);
  }));

Deno.test("every example in a help text is valid", async () => {
  for (const [name, { summary, load }] of Object.entries(COMMANDS)) {
    const command = await load();
    const flags = { ...command.flags, json: toggle("one JSON value") };
    const line = { ...command, program: "deno task ils", name, summary, flags };
    for (const example of command.examples) {
      const [, ...args] = example.split(" ");
      assert.equal(parseCommandLine(args, line).kind, "run", example);
      assert.doesNotMatch(example, / --\w+_/, "as flags are listed");
    }
  }
});

Deno.test("no example trains lenet at a learning rate where it learns nothing", async () => {
  const { examples } = await COMMANDS.train.load();
  const lenet = examples.filter((line) => line.includes("--model lenet"));
  assert(lenet.length > 0);
  for (const line of lenet) assert.match(line, /--lr 0\.0[1-5]/);
});
