import { fileURLToPath } from "node:url";
import { basename, join } from "node:path";
import { z } from "zod";
import { parseMessage } from "../files/read_json.ts";
import { schemaOf } from "../files/record_schema.ts";
import { TextLineStream } from "../files/text_lines.ts";

/** What a running notebook tells. Cells are code cells, counted from 1. */
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

/** Why a notebook did not run to its end. */
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

/** A notebook that did not run to its end. */
export class NotebookFailure extends Error {
  override readonly name = "NotebookFailure";
  constructor(
    readonly notebook: string,
    readonly reason: FailureReason,
    /** The code cell, counted from 1; 0 if none was started. */
    readonly cell: number,
    /** First line of that cell's source. */
    readonly line: string,
    /** What the cell said, without terminal colours. */
    readonly detail: string,
  ) {
    super(`${notebook} failed ${placeOf(reason, cell)}: ${detail}`);
  }

  /** Where it failed, as the end of a sentence. */
  get place(): string {
    return placeOf(this.reason, this.cell);
  }
}

function placeOf(reason: FailureReason, cell: number): string {
  if (reason === "write") return "as its executed copy cannot be written";
  return cell === 0 ? "before its first cell" : `in cell ${cell}`;
}

export interface RunNotebookOptions {
  /** The project's folder, which holds `.venv` and `tools`. */
  readonly root: string;
  /** Where the executed copy is written, whole or not at all. */
  readonly out: string;
  /** Environment variables of the kernel, besides the caller's own. */
  readonly env?: Record<string, string>;
  /** Longest time of one cell in seconds; unlimited by default. */
  readonly cellTimeout?: number | undefined;
  readonly onEvent?: ((event: NotebookEvent) => void) | undefined;
  /** Interrupts the running cell, then ends the kernel. */
  readonly signal?: AbortSignal | undefined;
}

const SCRIPT = fileURLToPath(new URL("run_notebook.py", import.meta.url));

/**
 * Executes a notebook in its own folder, with this very Deno as its kernel, and
 * writes a copy with its outputs.
 *
 * @returns seconds that it took
 * @throws {NotebookFailure} if a cell fails, the kernel dies or cannot start, a
 * cell takes too long, or `signal` is aborted; then no copy is written
 */
export async function runNotebook(
  source: string,
  options: RunNotebookOptions,
): Promise<number> {
  const { out, cellTimeout, onEvent = () => {}, signal } = options;
  const name = basename(source, ".ipynb");
  if (signal?.aborted) {
    throw new NotebookFailure(name, "cancelled", 0, "", "cancelled");
  }
  const limit = cellTimeout === undefined
    ? []
    : ["--cell-timeout", String(cellTimeout)];
  const runner = startRunner([
    SCRIPT,
    source,
    out,
    "--deno",
    Deno.execPath(),
    ...limit,
  ], options);
  // The runner stops its kernel when its input ends: on a signal, and also
  // when this process is killed.
  const stop = () => void runner.stdin.close().catch(() => {});
  signal?.addEventListener("abort", stop);
  const words = lastWords(runner.stderr);
  let last: NotebookEvent | undefined;
  let kernel: number | undefined;
  let at = { cell: 0, line: "" };
  try {
    for await (const line of linesOf(runner.stdout)) {
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
  const said = await words;
  if (last?.event === "done") return last.seconds;
  if (last?.event === "failed") {
    const { reason, cell, line, message } = last;
    throw new NotebookFailure(name, reason, cell, line, message);
  }
  const reason = at.cell === 0 ? "start" : "died";
  throw new NotebookFailure(name, reason, at.cell, at.line, said);
}

function startRunner(
  args: string[],
  { root, env }: RunNotebookOptions,
): Deno.ChildProcess {
  return new Deno.Command(pythonOf(root), {
    args,
    env: { PYTHONDONTWRITEBYTECODE: "1", NO_COLOR: "1", ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** The Python of the project's own environment. */
export function pythonOf(root: string): string {
  return join(root, ".venv", "bin", "python");
}

function linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
  return stream.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream());
}

/** The last thing said on a stream, for the case that nothing else tells. */
async function lastWords(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<string> {
  let last = "the notebook runner ended without a word";
  for await (const line of linesOf(stream)) {
    const kernelStarts = line.includes('"deno jupyter" is unstable');
    if (line.trim() && !kernelStarts) last = line;
  }
  return last;
}

/** Ends a kernel whose runner was killed; it leads a group of its own. */
function endGroup(kernel: number) {
  try {
    Deno.kill(-kernel, "SIGKILL");
  } catch {
    // It is gone already.
  }
}
