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

let control = new AbortController();

/** A signal that Stop aborts; of the running cell, so ask for it in each cell. */
export function stopSignal(): AbortSignal {
  return control.signal;
}

/**
 * Makes Stop abort `stopSignal()`. Jupyter sends SIGINT, which ends a process that
 * does not listen, and with it all variables.
 */
export function surviveStop(): void {
  Deno.addSignalListener("SIGINT", () => {
    control.abort(new Stopped());
    control = new AbortController();
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
