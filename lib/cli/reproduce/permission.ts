import { allowWrite } from "../../files/engine_process.ts";
import { ROOT } from "../../files/project_root.ts";
import { taskCommand } from "../../files/task_command.ts";
import { tiedCommand } from "../../files/tied_process.ts";
import { resultsRoot } from "../../files/user_folders.ts";
import { exitCodeOf, stopSignals } from "../terminal/stop_signals.ts";

/**
 * Returns whether this process may write results: the task `reproduce` may do so
 * in `results`, not where `ILS_RESULTS_DIR` says.
 */
export async function mayWriteResults(): Promise<boolean> {
  const path = resultsRoot(ROOT);
  const { state } = await Deno.permissions.query({ name: "write", path });
  return state === "granted";
}

/**
 * Runs the task `reproduce` in a process that may also write where
 * `ILS_RESULTS_DIR` says, and nowhere else.
 *
 * @returns its exit code
 */
export async function startAgain(args: readonly string[]): Promise<number> {
  const words = (await taskCommand("reproduce")).map((word) =>
    word.startsWith("--allow-write=")
      ? allowWrite([word.split("=")[1], resultsRoot(ROOT)])
      : word
  );
  const child = tiedCommand([...words, ...args], {
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  const stop = () => void child.stdin.close().catch(() => {});
  using signals = stopSignals();
  signals.aborted.addEventListener("abort", stop);
  const { code } = await child.status;
  const received = signals.received();
  if (received === undefined) stop();
  return received && code !== 0 ? exitCodeOf(received) : code;
}
