/** Runs the program as a process, and writes files for it to read. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { permissionsOf } from "../tasks.ts";
import { writeNpy } from "../../lib/files/npy.ts";
import type { NpyArray } from "../../lib/files/npy_types.ts";

const MAIN = fileURLToPath(new URL("../../lib/cli/main.ts", import.meta.url));

/** Permissions of the task, so that the tests show that they suffice. */
const PERMISSIONS = permissionsOf("ils");

/** Exit code and output of the program. */
export interface Output {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to start the program. */
export interface StartOptions {
  /** Working folder, which receives its runs. */
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it leads a process group of its own, as in a terminal. */
  readonly detached?: boolean;
}

/** Returns the command that starts the program, Deno first. */
export function ilsCommand(args: readonly string[]): [string, ...string[]] {
  return [Deno.execPath(), "run", ...PERMISSIONS, "--no-check", MAIN, ...args];
}

/** Starts the program with both output streams piped. */
export function start(
  args: readonly string[],
  { cwd, env, detached = false }: StartOptions,
) {
  const [deno, ...rest] = ilsCommand(args);
  return new Deno.Command(deno, {
    args: rest,
    cwd,
    // The task that runs the tests sets INIT_CWD.
    env: { INIT_CWD: "", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    detached,
  }).spawn();
}

/** Runs the program to the end. */
export async function ils(
  args: readonly string[],
  options: StartOptions,
): Promise<Output> {
  const output = await start(args, options).output();
  const text = new TextDecoder();
  return {
    code: output.code,
    stdout: text.decode(output.stdout),
    stderr: text.decode(output.stderr),
  };
}

/** Runs the program with `--json` and returns the value it prints. */
export async function ilsJson(args: readonly string[], options: StartOptions) {
  const { code, stdout, stderr } = await ils([...args, "--json"], options);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

/** Runs a test in a temporary folder. */
export async function inFolder<Result>(
  test: (folder: string) => Result | Promise<Result>,
): Promise<Result> {
  const folder = await Deno.makeTempDir();
  try {
    return await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Logits of three rows and three classes; two labels are the largest logit. */
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

/** Returns every file below a folder with its content, to detect changes. */
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
