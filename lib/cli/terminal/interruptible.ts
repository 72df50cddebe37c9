import { tidyScratch } from "../../files/scratch_folder.ts";
import { type StopSignal, stopSignals } from "./stop_signals.ts";

/**
 * Runs work that the first SIGINT, SIGTERM or SIGHUP aborts; a second SIGINT or
 * SIGTERM ends the program immediately. Temporary folders of killed processes are
 * removed first.
 *
 * @param onAbort makes the error to throw in place of the signal's reason
 */
export async function interruptible<Result>(
  work: (aborted: AbortSignal) => Promise<Result>,
  onAbort: (signal: StopSignal) => Error,
): Promise<Result> {
  tidyScratch();
  using signals = stopSignals();
  const { aborted } = signals;
  try {
    return await work(aborted);
  } catch (error) {
    const signal = signals.received();
    throw signal && error === aborted.reason ? onAbort(signal) : error;
  }
}
