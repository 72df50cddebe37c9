import { parseMessage } from "../files/read_json.ts";
import { TextLineStream } from "../files/text_lines.ts";
import { answerSchema, type Done, type Task } from "./messages.ts";

/** A process that does one data set after the other. */
export interface WorkerProcess {
  /** @throws {Error} if the process ended, or could not do the data set */
  do(task: Task): Promise<Done>;
  /** Ends it, also amid its work. */
  end(): Promise<void>;
}

/** What the engine needs; it writes to its own temporary folder only. */
const PERMISSIONS = [
  "--no-prompt",
  "--allow-read",
  "--allow-env=TF_*",
  "--ignore-env",
  "--allow-ffi",
];

/** Starts a worker; its engine is loaded with its first task. */
export function startWorker(): WorkerProcess {
  const path = new URL("./worker.ts", import.meta.url).href;
  const temporary = Deno.makeTempDirSync();
  const process = new Deno.Command(Deno.execPath(), {
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
  const writer = process.stdin.getWriter();
  const reader = process.stdout.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream()).getReader();
  return {
    do: async (task) => {
      const line = new TextEncoder().encode(JSON.stringify(task) + "\n");
      // Where the process has ended, there is nothing to read either.
      await writer.write(line).catch(() => {});
      const { value } = await reader.read();
      if (value === undefined) {
        const { code, signal } = await process.status;
        throw new Error(
          `The process for data set ${task.dataset} ended with ` +
            (signal ?? `exit code ${code}`),
        );
      }
      const sender = `The process for data set ${task.dataset}`;
      const answer = parseMessage(value, answerSchema(task), sender);
      if ("result" in answer) return answer;
      throw new Error(`Data set ${task.dataset}: ${answer.error}`);
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
