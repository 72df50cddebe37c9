import { parseMessage } from "../files/read_json.ts";
import { TextLineStream } from "../files/text_lines.ts";
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

/** Permissions of the engine; it writes only to its own temporary folder. */
const PERMISSIONS = [
  "--no-prompt",
  "--allow-read",
  "--allow-env=TF_*",
  "--ignore-env",
  "--allow-ffi",
];

/** Starts a worker; the engine is loaded with the first task. */
export function startWorker(): WorkerProcess {
  const temporary = Deno.makeTempDirSync();
  const process = spawnWorker(temporary);
  const writer = process.stdin.getWriter();
  const reader = process.stdout.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream()).getReader();
  return {
    run: async (task) => {
      const line = new TextEncoder().encode(JSON.stringify(task) + "\n");
      // If the process has ended, the read below reports it.
      await writer.write(line).catch(() => {});
      const { value } = await reader.read();
      if (value === undefined) {
        const { code, signal } = await process.status;
        throw new Error(
          `The process for data set ${task.dataset} ended with ` +
            (signal ?? `exit code ${code}`),
        );
      }
      return resultOf(task, value);
    },
    end: async () => {
      try {
        process.kill("SIGKILL");
      } catch {
        // It has ended already.
      }
      await process.status;
      await reader.cancel().catch(() => {});
      await writer.abort().catch(() => {});
      await Deno.remove(temporary, { recursive: true });
    },
  };
}

/** Starts `worker.ts`, which may write only to the folder `temporary`. */
function spawnWorker(temporary: string): Deno.ChildProcess {
  const path = new URL("./worker.ts", import.meta.url).href;
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      ...PERMISSIONS,
      `--allow-write=${temporary}`,
      "--quiet",
      path,
    ],
    env: { TMPDIR: temporary },
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
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
