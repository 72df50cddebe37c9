import { stripVTControlCharacters } from "node:util";
import { type Counts, countsOf, failuresIn } from "./summary.ts";

/** Milliseconds for processes to end by themselves after a signal. */
const PATIENCE_MS = 2_000;

/** What a process that ran tests left behind. */
export interface Outcome {
  readonly code: number;
  /** Undefined where the process ended before it counted its tests. */
  readonly counts: Counts | undefined;
  /** The list of the tests that failed, as `deno test` prints it. */
  readonly failures: string;
}

/** The `deno test` processes that run now, each with all that it started. */
export class TestProcesses {
  readonly #running = new Set<Deno.ChildProcess>();
  #stopped = false;

  /** Whether `stop` was called: no further process is started then. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /**
   * Runs `deno test` to its end.
   *
   * @param live print the output as it comes, otherwise whole at the end
   */
  async run(args: readonly string[], { live = false } = {}): Promise<Outcome> {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["test", ...args],
      stdin: "null",
      stdout: "piped",
      stderr: live ? "inherit" : "piped",
      // A group of its own, so that the processes that tests start end with it.
      detached: true,
      env: Deno.stdout.isTerminal() ? { FORCE_COLOR: "1" } : {},
    }).spawn();
    this.#running.add(child);
    const [output, errors] = await Promise.all([
      collect(child.stdout, live),
      live ? new Uint8Array() : collect(child.stderr),
    ]);
    const { code } = await child.status;
    // Whatever a test left running.
    if (!this.#stopped) signalGroup(child.pid, "SIGKILL");
    this.#running.delete(child);
    if (!live) {
      await write(Deno.stderr, errors);
      await write(Deno.stdout, output);
    }
    const text = stripVTControlCharacters(new TextDecoder().decode(output));
    return { code, counts: countsOf(text), failures: failuresIn(text) };
  }

  /**
   * Interrupts what runs and kills what has not ended soon after. A second call
   * kills at once.
   */
  async stop(): Promise<void> {
    const groups = Array.from(this.#running, ({ pid }) => pid);
    const patience = this.#stopped ? 0 : PATIENCE_MS;
    this.#stopped = true;
    for (const group of groups) signalGroup(group, "SIGINT");
    const end = performance.now() + patience;
    while (groups.some(isAlive) && performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    for (const group of groups) signalGroup(group, "SIGKILL");
  }
}

function signalGroup(group: number, signal: Deno.Signal): void {
  try {
    Deno.kill(-group, signal);
  } catch {
    // It has ended.
  }
}

function isAlive(group: number): boolean {
  try {
    // Signal 0 only asks whether there is anyone to receive it.
    Deno.kill(-group, 0 as unknown as Deno.Signal);
    return true;
  } catch {
    return false;
  }
}

/** All bytes of a stream, also printed at once where `live`. */
async function collect(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  live = false,
): Promise<Uint8Array> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of stream) {
    if (live) await write(Deno.stdout, chunk);
    chunks.push(chunk);
  }
  return new Blob(chunks).bytes();
}

async function write(
  to: { write(bytes: Uint8Array): Promise<number> },
  bytes: Uint8Array,
): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += await to.write(bytes.subarray(at));
  }
}
