import { fileURLToPath } from "node:url";
import { basename } from "node:path";
import { z } from "zod";
import { parseMessage } from "../files/read_json.ts";
import { schemaOf } from "../files/record_schema.ts";
import { textLines } from "../files/text_lines.ts";
import { startPython } from "./project_python.ts";

/** An event of a running notebook. Cells are code cells, counted from 1. */
export type NotebookEvent =
  | { readonly event: "kernel"; pid: number }
  | { readonly event: "start"; cells: number }
  | { readonly event: "cell"; cell: number; line: string }
  | { readonly event: "note"; text: string }
  | { readonly event: "cell-done"; cell: number; seconds: number }
  | { readonly event: "done"; seconds: number }
  | {
    readonly event: "failed";
    reason: FailureReason;
    cell: number;
    line: string;
    message: string;
  };

/** Why the execution of a notebook failed. */
export type FailureReason = typeof FAILURE_REASONS[number];

const FAILURE_REASONS = [
  "start",
  "error",
  "died",
  "timeout",
  "cancelled",
  "write",
] as const;

const CELL_NUMBER = z.int().min(0);

/** Schema of a line that `run_notebook.py` prints. */
const EVENT = schemaOf<NotebookEvent>()(z.discriminatedUnion("event", [
  z.object({ event: z.literal("kernel"), pid: z.int() }),
  z.object({ event: z.literal("start"), cells: z.int() }),
  z.object({ event: z.literal("cell"), cell: CELL_NUMBER, line: z.string() }),
  z.object({ event: z.literal("note"), text: z.string() }),
  z.object({
    event: z.literal("cell-done"),
    cell: CELL_NUMBER,
    seconds: z.number(),
  }),
  z.object({ event: z.literal("done"), seconds: z.number() }),
  z.object({
    event: z.literal("failed"),
    reason: z.enum(FAILURE_REASONS),
    cell: CELL_NUMBER,
    line: z.string(),
    message: z.string(),
  }),
]));

/** Error of a notebook whose execution failed. */
export class NotebookFailure extends Error {
  override readonly name = "NotebookFailure";
  constructor(
    readonly notebook: string,
    readonly reason: FailureReason,
    /** Number of the code cell, from 1; 0 if none was started. */
    readonly cell: number,
    /** First line of the cell's source. */
    readonly line: string,
    /** The error message, without terminal colours. */
    readonly detail: string,
  ) {
    super(`${notebook} failed ${placeOf(reason, cell)}: ${detail}`);
  }

  /** Where it failed: "in cell 3". */
  get place(): string {
    return placeOf(this.reason, this.cell);
  }
}

function placeOf(reason: FailureReason, cell: number): string {
  if (reason === "write") return "as its executed copy cannot be written";
  return cell === 0 ? "before its first cell" : `in cell ${cell}`;
}

/** Options of `runNotebook()`. */
export interface RunNotebookOptions {
  /** The project's folder, which contains `.venv`. */
  readonly root: string;
  /** Path of the executed copy, which is written atomically. */
  readonly out: string;
  /** Environment variables of the kernel, in addition to the caller's. */
  readonly env?: Record<string, string>;
  /** Time limit of a cell in seconds (none). */
  readonly cellTimeout?: number | undefined;
  readonly onEvent?: ((event: NotebookEvent) => void) | undefined;
  /** Interrupts the running cell, then ends the kernel. */
  readonly signal?: AbortSignal | undefined;
}

const SCRIPT = fileURLToPath(new URL("run_notebook.py", import.meta.url));

/**
 * Executes a notebook in its folder, with the running Deno executable as its kernel,
 * and writes a copy with its outputs.
 *
 * @returns execution time in seconds
 * @throws {NotebookFailure} if a cell fails or takes too long, the kernel dies or
 * cannot start, or `signal` is aborted; then no copy is written
 */
export async function runNotebook(
  source: string,
  options: RunNotebookOptions,
): Promise<number> {
  const { onEvent = () => {}, signal } = options;
  const name = basename(source, ".ipynb");
  if (signal?.aborted) {
    throw new NotebookFailure(name, "cancelled", 0, "", "cancelled");
  }
  const runner = startRunner(source, options);
  // The runner stops its kernel when its standard input ends: on `signal`, and also
  // if this process is killed.
  const stop = () => void runner.stdin.close().catch(() => {});
  signal?.addEventListener("abort", stop);
  const lastError = lastLine(runner.stderr);
  let last: NotebookEvent | undefined;
  let kernel: number | undefined;
  let at: Position = { cell: 0, line: "" };
  try {
    for await (const line of textLines(runner.stdout)) {
      last = parseMessage(line, EVENT, "The notebook runner");
      if (last.event === "cell") at = last;
      if (last.event === "kernel") kernel = last.pid;
      else onEvent(last);
    }
    await runner.status;
  } finally {
    signal?.removeEventListener("abort", stop);
    if (!signal?.aborted) stop();
    const ended = last?.event === "done" || last?.event === "failed";
    if (!ended && kernel !== undefined) endGroup(kernel);
  }
  const detail = await lastError;
  if (last?.event === "done") return last.seconds;
  if (signal?.aborted && last?.event !== "failed") {
    throw new NotebookFailure(name, "cancelled", at.cell, at.line, "cancelled");
  }
  throw failureOf(name, last, { at, detail });
}

/** A code cell: its number, 0 before the first, and its first line. */
interface Position {
  readonly cell: number;
  readonly line: string;
}

/** The error for a runner whose last event was not "done". */
function failureOf(
  name: string,
  last: NotebookEvent | undefined,
  { at, detail }: { readonly at: Position; readonly detail: string },
): NotebookFailure {
  if (last?.event === "failed") {
    const { reason, cell, line, message } = last;
    return new NotebookFailure(name, reason, cell, line, message);
  }
  const reason = at.cell === 0 ? "start" : "died";
  return new NotebookFailure(name, reason, at.cell, at.line, detail);
}

function startRunner(
  source: string,
  { root, out, env, cellTimeout }: RunNotebookOptions,
): Deno.ChildProcess {
  const limit = cellTimeout === undefined
    ? []
    : ["--cell-timeout", String(cellTimeout)];
  return startPython(root, {
    args: [SCRIPT, source, out, "--deno", Deno.execPath(), ...limit],
    env: { PYTHONDONTWRITEBYTECODE: "1", NO_COLOR: "1", ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    // Ctrl-C reaches only this process, which then closes the runner's input.
    detached: true,
  });
}

/** The last line of a stream, which explains a failure without an event. */
async function lastLine(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<string> {
  let last = "the notebook runner ended without a message";
  for await (const line of textLines(stream)) {
    const kernelStarts = line.includes('"deno jupyter" is unstable');
    if (line.trim() && !kernelStarts) last = line;
  }
  return last;
}

/** Kills a kernel whose runner was killed; it leads its process group. */
function endGroup(kernel: number) {
  try {
    Deno.kill(-kernel, "SIGKILL");
  } catch {
    // It has already ended.
  }
}
