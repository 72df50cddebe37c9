import { readSpecialFile } from "../../files/read_special_file.ts";

/** Signals that stop work whose finished parts are kept, with their numbers. */
const NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** The signal of a closed terminal, of Ctrl-C, and of `kill`. */
export type StopSignal = keyof typeof NUMBERS;

/** Returns the exit code of a program that a signal has stopped. */
export function exitCodeOf(signal: StopSignal): number {
  return 128 + NUMBERS[signal];
}

/** The signals that reach this program, until it is disposed of. */
export interface StopSignals extends Disposable {
  /** Aborted by the first signal. */
  readonly aborted: AbortSignal;
  /** The first signal, if one has arrived. */
  received(): StopSignal | undefined;
}

/**
 * Listens to the signals that stop a program. After the first one, a SIGINT or
 * SIGTERM ends the program immediately; a SIGHUP does not, because a terminal
 * that closes sends several. A SIGHUP that the program was started to ignore
 * (`nohup`, on Linux) stays ignored.
 */
export function stopSignals(): StopSignals {
  const control = new AbortController();
  let received: StopSignal | undefined;
  const listeners = listened().map((name) => {
    const stop = () => {
      if (received !== undefined) return;
      received = name;
      removeAll("SIGHUP");
      control.abort();
    };
    return { name, stop };
  });
  const removeAll = (except?: StopSignal) => {
    for (const { name, stop } of listeners) {
      if (name !== except) Deno.removeSignalListener(name, stop);
    }
  };
  for (const { name, stop } of listeners) Deno.addSignalListener(name, stop);
  return {
    aborted: control.signal,
    received: () => received,
    [Symbol.dispose]: () => {
      if (received === undefined) removeAll();
    },
  };
}

function listened(): StopSignal[] {
  const names = Object.keys(NUMBERS) as StopSignal[];
  if (!isHangUpIgnored()) return names;
  // Once Deno listens to any signal, SIGHUP ends it unless it has a listener.
  if (!ignoring) Deno.addSignalListener("SIGHUP", () => {});
  ignoring = true;
  return names.filter((name) => name !== "SIGHUP");
}

/** Whether a listener ignores SIGHUP. */
let ignoring = false;

/** Whether this program was started to ignore SIGHUP; false if that is unknown. */
function isHangUpIgnored(): boolean {
  if (ignoring) return true;
  try {
    const status = new TextDecoder().decode(
      readSpecialFile(`/proc/${Deno.pid}/status`),
    );
    const [, mask] = /^SigIgn:\s*([0-9a-f]+)$/m.exec(status)!;
    return (Number.parseInt(mask.slice(-1), 16) & NUMBERS.SIGHUP) !== 0;
  } catch {
    // Not Linux.
    return false;
  }
}
