/** The Deno kernel: Stop keeps its variables, and outputs stay under their cell. */

/** The part of Deno's kernel that is used here. */
export interface Jupyter {
  broadcast(type: string, content: Record<string, unknown>): Promise<void>;
  display(value: unknown, options: { raw: boolean }): Promise<void>;
}

/** Returns the kernel; undefined outside of one. */
export function kernel(): Jupyter | undefined {
  try {
    return (Deno as unknown as { jupyter: Jupyter }).jupyter;
  } catch {
    // Outside of a kernel, the property throws.
    return undefined;
  }
}

/** Error of a cell that Stop has ended. */
export class Stopped extends Error {
  override readonly name = "Stopped";

  constructor() {
    super("Finished networks and checkpoints are kept: run the cell to go on");
    // The front end prints the stack, which says nothing here.
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** Cells that were queued when Stop was pressed start within this time. */
const QUEUED_MS = 500;

let control = new AbortController();
let stoppedAt = -Infinity;

/**
 * A signal that Stop aborts. It is of the running cell, so ask for it in each cell.
 *
 * Deno's kernel goes on with queued cells after an error. Until none has asked for
 * half a second, the signal stays aborted, so that no other cell starts to train.
 */
export function stopSignal(): AbortSignal {
  if (control.signal.aborted) {
    if (performance.now() - stoppedAt > QUEUED_MS) {
      control = new AbortController();
    } else stoppedAt = performance.now();
  }
  return control.signal;
}

/** Notes that work with `stopSignal()` has ended, after its checkpoints. */
export function workEnded(): void {
  if (control.signal.aborted) stoppedAt = performance.now();
}

/**
 * Makes Stop abort `stopSignal()`. Jupyter sends SIGINT, which ends a process that
 * does not listen, and with it all variables.
 */
export function surviveStop(): void {
  Deno.addSignalListener("SIGINT", () => {
    control.abort(new Stopped());
    stoppedAt = performance.now();
  });
}

/** Time for the kernel to send queued outputs: its main thread is idle then. */
const SETTLE_MS = 20;

/**
 * Keeps the outputs of a cell under it.
 *
 * Deno 2.9.6 queues outputs and reads the cell to which they belong only when it
 * sends them. It shows a cell's last value at the end of the cell and starts the
 * next one without waiting for the queue, so with "Run All" a last value may land
 * under the next cell. The kernel does wait for the function that shows the value:
 * this replaces it by one that also waits for the queue.
 */
export function settleOutputs(): void {
  const { internal } = Deno as unknown as { internal: symbol };
  const { jupyter } = (Deno as unknown as Record<symbol, Internals>)[internal];
  const show = jupyter.broadcastResult;
  jupyter.broadcastResult = async (count, value) => {
    await show(count, value);
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  };
}

/** The part of Deno's internals that is used here. */
interface Internals {
  readonly jupyter: {
    broadcastResult(count: number, value: unknown): Promise<void>;
  };
}
