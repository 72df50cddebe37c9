import { startEngineProcess } from "../files/engine_process.ts";
import { parseMessage } from "../files/read_json.ts";
import { answerSchema, type Done, type Task } from "./messages.ts";

/** A process that computes data sets one after another. */
export interface WorkerProcess {
  /**
   * Computes a data set.
   *
   * @throws {Error} if the process ended, or the task failed
   */
  run(task: Task): Promise<Done>;
  /** Ends the process, even while it computes. */
  end(): Promise<void>;
}

const SCRIPT = new URL("./worker.ts", import.meta.url);

/**
 * Has glibc ask for huge pages, as a stack of networks has more pages than a core's
 * table. Nothing happens where glibc or the kernel does not know it.
 */
const HUGE_PAGES = { GLIBC_TUNABLES: "glibc.malloc.hugetlb=1" };

/** Starts a worker; the engine is loaded with the first task. */
export function startWorker(): WorkerProcess {
  const process = startEngineProcess(SCRIPT, { writable: [], env: HUGE_PAGES });
  return {
    run: async (task) => {
      await process.send(task);
      const line = await process.receive();
      if (line !== undefined) return resultOf(task, line);
      throw new Error(
        `The process for data set ${task.dataset} ended with ` +
          await process.ending,
      );
    },
    end: async () => {
      process.kill();
      await process.cleanUp();
    },
  };
}

/**
 * Parses a worker's answer to a task.
 *
 * @throws {Error} if the task failed, or the answer is malformed
 */
function resultOf(task: Task, line: string): Done {
  const sender = `The process for data set ${task.dataset}`;
  const answer = parseMessage(line, answerSchema(task), sender);
  if ("result" in answer) return answer;
  throw new Error(`Data set ${task.dataset}: ${answer.error}`);
}
