import { BadInput } from "../../bad_input.ts";
import {
  type EngineProcess,
  startEngineProcess,
} from "../../files/engine_process.ts";
import { parseMessage } from "../../files/read_json.ts";
import type { Progress } from "../../training/progress.ts";
import { RunLocked } from "../folder.ts";
import { runId } from "../spec.ts";
import { threadVariables } from "../threads.ts";
import { type TrainTask, WORKER_EVENT, type WorkerEvent } from "./messages.ts";

/** A process that trains runs one after another. */
export interface TrainingWorker {
  readonly pid: number;
  /** Whether it can train another run. */
  readonly alive: boolean;
  /**
   * Trains a run. If the signal is aborted, the process saves a checkpoint and
   * ends.
   *
   * @throws {RunLocked} if another process is training the run
   * @throws {BadInput} and {Error} with the message of the failure
   * @throws the signal's reason if it is aborted
   */
  train(task: TrainTask, options: WorkerOptions): Promise<void>;
  /** Ends the process, after its checkpoint if it is training. */
  end(): Promise<void>;
}

/** Options of a worker's training. */
export interface WorkerOptions {
  readonly progress: Progress;
  readonly signal: AbortSignal | undefined;
}

/** How to start a worker. */
export interface StartOptions {
  /** Number of TensorFlow's threads; undefined for those of this process. */
  readonly threads: number | undefined;
  /** Folders of the runs. */
  readonly writable: readonly string[];
}

const SCRIPT = new URL("./worker.ts", import.meta.url);

/** Permissions for describing the device in a run's record. */
const DEVICE = ["--allow-sys=cpus,systemMemoryInfo", "--allow-run"];

/** Starts a worker; the engine is loaded with the first run. */
export function startTrainingWorker(
  { threads, writable }: StartOptions,
): TrainingWorker {
  const process = startEngineProcess(SCRIPT, {
    permissions: DEVICE,
    writable,
    env: threadVariables(threads),
    // Ctrl-C in a terminal reaches this process only, which then closes the
    // worker's input; so a worker stops once and at a checkpoint.
    detached: true,
  });
  let alive = true;
  const end = async () => {
    alive = false;
    await process.close();
    await process.cleanUp();
  };
  return {
    pid: process.pid,
    get alive() {
      return alive;
    },
    train: async (task, { progress, signal }) => {
      const stop = () => {
        alive = false;
        void process.close();
      };
      signal?.throwIfAborted();
      signal?.addEventListener("abort", stop);
      let failure: Error | undefined;
      try {
        await process.send(task);
        failure = await follow(process, task, progress);
      } catch (error) {
        // It has ended or sent an invalid message.
        process.kill();
        await end();
        throw error;
      } finally {
        signal?.removeEventListener("abort", stop);
      }
      if (failure === undefined) return;
      if (!signal?.aborted) throw failure;
      await end();
      throw signal.reason;
    },
    end,
  };
}

/**
 * Passes events on until the training ends.
 *
 * @returns the reason if it failed
 * @throws {Error} if the process ends earlier
 */
async function follow(
  process: EngineProcess,
  { spec, folder }: TrainTask,
  progress: Progress,
): Promise<Error | undefined> {
  const sender = `The process that trains ${runId(spec)}`;
  while (true) {
    const line = await process.receive();
    if (line === undefined) {
      throw new Error(`${sender} ended with ${endingOf(await process.ending)}`);
    }
    const event = parseMessage(line, WORKER_EVENT, sender);
    if (event.event === "done") return undefined;
    if (event.event === "failed") return errorOf(event, folder);
    show(event, progress);
  }
}

/** How a process ended, with the usual cause of a signal that it cannot handle. */
function endingOf(ending: string): string {
  return ending === "SIGKILL"
    ? "SIGKILL; if the memory was full, train fewer runs at once"
    : ending;
}

function show(event: WorkerEvent, progress: Progress): void {
  switch (event.event) {
    case "begin":
      return progress.begin(event.title);
    case "step":
      return progress.step(event.report);
    case "epoch":
      return progress.epoch(event.record);
    case "remark":
      return progress.remark(event.text);
    case "end":
      return progress.end(event.summary);
  }
}

function errorOf(
  { reason, message }: Extract<WorkerEvent, { event: "failed" }>,
  folder: string,
): Error {
  switch (reason) {
    case "input":
      return new BadInput(message);
    case "locked":
      return new RunLocked(folder);
    case "other":
      return new Error(message);
  }
}
