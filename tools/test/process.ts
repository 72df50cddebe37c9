import { stripVTControlCharacters } from "node:util";
import { type Counts, countsOf, failuresIn } from "./summary.ts";

/** Milliseconds that processes have to end after a signal. */
const GRACE_MS = 2_000;

/** Result of a process that ran tests. */
export interface Outcome {
  readonly code: number;
  /** Undefined if the process ended before it printed its counts. */
  readonly counts: Counts | undefined;
  /** The tests that failed, with their errors, as `deno test` prints them. */
  readonly failures: string;
}

/** The running `deno test` processes, with all processes that they started. */
export class TestProcesses {
  readonly #running = new Set<Deno.ChildProcess>();
  #stopped = false;

  /** True after `stop()`; then no further process must be started. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /**
   * Runs `deno test` until it ends.
   *
   * @param options `live`: print output immediately, not at the end (false)
   */
  async run(args: readonly string[], { live = false } = {}): Promise<Outcome> {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["test", ...args],
      stdin: "null",
      stdout: "piped",
      stderr: live ? "inherit" : "piped",
      // A process group, so that processes started by tests can be ended with it.
      detached: true,
      env: {
        // `deno task` sets it, and a test must not depend on how it is called.
        INIT_CWD: "",
        ...Deno.stdout.isTerminal() ? { FORCE_COLOR: "1" } : {},
      },
    }).spawn();
    this.#running.add(child);
    const [output, errors] = await Promise.all([
      collect(child.stdout, live),
      live ? new Uint8Array() : collect(child.stderr),
    ]);
    const { code } = await child.status;
    // Ends processes that tests left running.
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
   * Interrupts all processes and kills those that do not end in time. A second call
   * kills immediately.
   */
  async stop(): Promise<void> {
    const groups = Array.from(this.#running, ({ pid }) => pid);
    const grace = this.#stopped ? 0 : GRACE_MS;
    this.#stopped = true;
    for (const group of groups) signalGroup(group, "SIGINT");
    const end = performance.now() + grace;
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
    // Signal 0 only checks whether a process exists.
    Deno.kill(-group, 0 as unknown as Deno.Signal);
    return true;
  } catch {
    return false;
  }
}

/** Reads all bytes of a stream; prints them immediately if `live`. */
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
