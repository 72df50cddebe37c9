/** The commands and programs of docs/tutorial.md work. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readNpy, writeNpy } from "../lib/files/npy.ts";
import { ROOT } from "../lib/files/project_root.ts";
import { stream } from "../lib/random.ts";
import { ils, inFolder } from "./cli/program.ts";

interface Block {
  readonly language: string;
  readonly text: string;
}

const BLOCKS: readonly Block[] = [
  ...Deno.readTextFileSync(join(ROOT, "docs/tutorial.md"))
    .matchAll(/```(\w+)\n(.*?)```/gs),
].map(([, language, text]) => ({ language, text }));

const CLASSES = 10;
const ROWS = { train: 30, val: 20, test: 25 };

/** Calls the program as a line of the tutorial does. */
async function runLine(line: string, cwd: string): Promise<string> {
  const [deno, task, program, ...args] = line.trim().split(/\s+/);
  assert.deepEqual([deno, task, program], ["deno", "task", "ils"]);
  const { code, stdout, stderr } = await ils(args, { cwd });
  assert.equal(code, 0, stderr);
  return stdout;
}

/** Lines of a shell block, with continued lines joined. */
function linesOf({ text }: Block): string[] {
  return text.replaceAll("\\\n", " ").split("\n").filter(Boolean);
}

/** Writes files such as those of the tutorial's Python programs. */
async function writeLogits(folder: string, name: string): Promise<void> {
  const { normal, integer } = stream(1, name);
  for (const [part, rows] of Object.entries(ROWS)) {
    await writeNpy(join(folder, `${name}_${part}.npy`), {
      shape: [rows, CLASSES],
      data: Float32Array.from({ length: rows * CLASSES }, normal),
    });
    await writeNpy(join(folder, `labels_${part}.npy`), {
      shape: [rows],
      data: Int32Array.from({ length: rows }, () => integer(CLASSES)),
    });
  }
}

Deno.test("the commands of the tutorial work on files of those names", () =>
  inFolder(async (folder) => {
    await writeLogits(folder, "plain");
    await writeLogits(folder, "smoothed");
    const commands = BLOCKS.filter(({ language }) => language === "sh")
      .flatMap(linesOf).filter((line) => line.startsWith("deno"));
    assert.equal(commands.length, 3);
    for (const command of commands) await runLine(command, folder);
    const { shape } = await readNpy(join(folder, "targets_train.npy"));
    assert.deepEqual(shape, [ROWS.train, CLASSES]);
    for (const report of ["plain.html", "smoothed.html"]) {
      assert.match(Deno.readTextFileSync(join(folder, report)), /log loss/);
    }
  }));

/** A Python with the packages of the tutorial. */
const PYTHON = [join(ROOT, ".venv/bench/bin/python"), "python3"].find((path) =>
  runs(path, ["-c", "import numpy, sklearn, torch"])
);

function runs(program: string, args: readonly string[], cwd = "."): boolean {
  try {
    const command = new Deno.Command(program, {
      args: [...args],
      cwd,
      stdout: "null",
    });
    return command.outputSync().success;
  } catch {
    return false;
  }
}

Deno.test({
  name: "the tutorial's programs and commands work in their order",
  ignore: PYTHON === undefined,
  fn: () =>
    inFolder(async (folder) => {
      const answers: string[] = [];
      for (const block of BLOCKS) {
        if (block.language === "python") {
          const [, name] = block.text.match(/^# (\S+\.py)\n/)!;
          Deno.writeTextFileSync(join(folder, name), block.text);
          continue;
        }
        for (const line of linesOf(block)) {
          const [program, file] = line.split(" ");
          if (program !== "python") answers.push(await runLine(line, folder));
          else assert(runs(PYTHON!, [file], folder), file);
        }
      }
      // Smoothed targets repair most of the overconfidence.
      const temperatures = [answers[0], answers[2]].map(temperatureOf);
      assert(temperatures[0] > 1.5, answers[0]);
      assert(temperatures[1] < 1.2, answers[2]);
    }),
});

/** The fitted temperature in the output of `ils evaluate`. */
function temperatureOf(output: string): number {
  return Number(output.match(/T = ([\d.]+)/)![1]);
}
