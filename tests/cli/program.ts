/** The program as a process of its own, and files for it to read. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { permissionsOf } from "../tasks.ts";
import { writeNpy } from "../../lib/files/npy.ts";
import type { NpyArray } from "../../lib/files/npy_types.ts";

const MAIN = fileURLToPath(new URL("../../lib/cli/main.ts", import.meta.url));

/** Those of the task, so that the tests show that they suffice. */
const PERMISSIONS = permissionsOf("ils");

/** What the program left behind. */
export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to start it. */
export interface Start {
  /** Where it stands, and keeps its runs. */
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The words that start the program, Deno first. */
export function ilsCommand(args: readonly string[]): [string, ...string[]] {
  return [Deno.execPath(), "run", ...PERMISSIONS, "--no-check", MAIN, ...args];
}

/** The program, started; both streams are piped. */
export function start(args: readonly string[], { cwd, env }: Start) {
  const [deno, ...rest] = ilsCommand(args);
  return new Deno.Command(deno, {
    args: rest,
    cwd,
    // The task that runs the tests has set it.
    env: { INIT_CWD: "", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs the program to its end. */
export async function ils(
  args: readonly string[],
  options: Start,
): Promise<Said> {
  const output = await start(args, options).output();
  const text = new TextDecoder();
  return {
    code: output.code,
    stdout: text.decode(output.stdout),
    stderr: text.decode(output.stderr),
  };
}

/** Runs it with `--json` and takes its standard output for one JSON value. */
export async function ilsJson(args: readonly string[], options: Start) {
  const { code, stdout, stderr } = await ils([...args, "--json"], options);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

/** Runs a test in a folder of its own. */
export async function inFolder(
  test: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Three rows of three classes, with labels of each kind of right and wrong. */
export const LOGITS = [[2, 1, 0], [0, 3, 1], [1, 0, 0.5]];
export const LABELS = [0, 1, 2];

/** Writes `L.npy` and `Y.npy`; returns their paths. */
export async function writeInputs(
  folder: string,
  logits: readonly (readonly number[])[] = LOGITS,
  labels: readonly number[] = LABELS,
): Promise<{ logits: string; labels: string }> {
  const write = async (name: string, array: NpyArray) => {
    const path = join(folder, name);
    await writeNpy(path, array);
    return path;
  };
  return {
    logits: await write("L.npy", {
      data: Float32Array.from(logits.flat()),
      shape: [logits.length, logits[0].length],
    }),
    labels: await write("Y.npy", {
      data: Int32Array.from(labels),
      shape: [labels.length],
    }),
  };
}

/** Every file below a folder with its content, to see that nothing changed. */
export function listing(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  const visit = (path: string) => {
    for (const { name, isDirectory } of Deno.readDirSync(path)) {
      const below = join(path, name);
      if (isDirectory) {
        files[below] = "folder";
        visit(below);
      } else files[below] = Deno.readFileSync(below).toHex();
    }
  };
  visit(folder);
  return files;
}
