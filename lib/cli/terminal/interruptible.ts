/** Signals that stop the program. */
export const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Runs work that the first SIGINT or SIGTERM aborts; a second one ends the
 * program immediately.
 *
 * @param onAbort makes the error to throw in place of the signal's reason
 */
export async function interruptible<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  onAbort: () => Error,
): Promise<Result> {
  const control = new AbortController();
  const stop = () => {
    release();
    control.abort();
  };
  const release = () => {
    for (const name of SIGNALS) Deno.removeSignalListener(name, stop);
  };
  for (const name of SIGNALS) Deno.addSignalListener(name, stop);
  try {
    return await work(control.signal);
  } catch (error) {
    throw error === control.signal.reason ? onAbort() : error;
  } finally {
    if (!control.signal.aborted) release();
  }
}
