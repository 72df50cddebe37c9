import { join } from "node:path";
import type { RunsDisplay } from "../../runs/runs_display.ts";
import { readRunHistory, type StoredRun } from "../../runs/store.ts";
import type { TensorboardLog } from "../../training/tensorboard.ts";

/** The logs of networks for TensorBoard, teachers included. */
export interface TensorboardLogs {
  /** Loads the engine, which writes the logs. */
  open(): Promise<void>;
  /** Returns the same display, which also logs each epoch. */
  watch(display: RunsDisplay): RunsDisplay;
  /** Logs what is missing of a finished run. */
  finish(run: StoredRun): Promise<void>;
}

/**
 * Returns logs below a folder, each in a folder that has the id of its run;
 * undefined without a folder.
 */
export function tensorboardLogs(
  folder: string | undefined,
): TensorboardLogs | undefined {
  if (folder === undefined) return undefined;
  const logs = new Map<string, TensorboardLog>();
  let Log: typeof TensorboardLog;
  const logOf = (id: string) => {
    const log = logs.get(id) ?? new Log(join(folder, id));
    logs.set(id, log);
    return log;
  };
  const open = async () => {
    Log = (await import("../../training/tensorboard.ts")).TensorboardLog;
  };
  return {
    open,
    watch: (display) => ({
      ...display,
      open(id) {
        const run = display.open(id);
        return {
          ...run,
          epoch(record) {
            logOf(id).epoch(record);
            run.epoch(record);
          },
        };
      },
    }),
    async finish(run) {
      await open();
      logOf(run.record.id).finish(await readRunHistory(run));
    },
  };
}
