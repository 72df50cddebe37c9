import { resolve } from "node:path";
import { scratchFolder } from "./scratch_folder.ts";
import { textLines } from "./text_lines.ts";

/** Permissions of a process that loads the engine; it may write nothing. */
export const ENGINE_PERMISSIONS: readonly string[] = [
  "--no-prompt",
  "--allow-read",
  "--allow-env=ILS_*,TF_*",
  "--ignore-env",
  "--allow-ffi",
];

/** Options of `engineCommand()`. */
export interface EngineCommandOptions {
  /** Arguments of the script. */
  readonly args?: readonly string[];
  /** Permissions in addition to `ENGINE_PERMISSIONS`. */
  readonly permissions?: readonly string[];
  /** Folders that the process may write to. */
  readonly writable: readonly string[];
  /** Its temporary folder, which is writable. */
  readonly temporary: string;
  /** Environment variables in addition to those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** `null` without standard input, `piped` for messages. */
  readonly stdin: "null" | "piped";
  /**
   * Whether it is in a process group of its own: Ctrl-C in the terminal then
   * reaches only this process.
   */
  readonly detached?: boolean;
}

/**
 * Returns the command that starts a script of this project which loads the
 * engine, with as few permissions as possible.
 */
export function engineCommand(
  script: URL,
  options: EngineCommandOptions,
): Deno.Command {
  const { args = [], permissions = [], env, stdin, temporary } = options;
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      ...ENGINE_PERMISSIONS,
      ...permissions,
      allowWrite([...options.writable, temporary]),
      "--quiet",
      script.href,
      ...args,
    ],
    env: { TMPDIR: temporary, ...env },
    stdin,
    stdout: "piped",
    stderr: "inherit",
    ...(options.detached ? { detached: true } : {}),
  });
}

/** Returns the option that permits a process to write to folders. */
export function allowWrite(folders: readonly string[]): string {
  const paths = [...new Set(folders.flatMap(spellings))];
  // A list cannot contain a path with a comma.
  const listed = !paths.some((path) => path.includes(","));
  return listed ? `--allow-write=${paths}` : "--allow-write";
}

/** A folder's absolute path, and the one behind symbolic links. */
function spellings(folder: string): string[] {
  const path = resolve(folder);
  try {
    return [path, Deno.realPathSync(path)];
  } catch {
    // It does not exist yet.
    return [path];
  }
}

/** A process with which messages are exchanged, one line of JSON each. */
export interface EngineProcess {
  readonly pid: number;
  send(message: unknown): Promise<void>;
  /** The next line; undefined if the process has ended. */
  receive(): Promise<string | undefined>;
  /** Closes its standard input. */
  close(): Promise<void>;
  /** Kills it. */
  kill(): void;
  /** How it ended: `exit code 1`, `SIGKILL`. */
  readonly ending: Promise<string>;
  /** Waits for its end and removes its temporary folder. */
  cleanUp(): Promise<void>;
}

/** Starts a script with which messages are exchanged. */
export function startEngineProcess(
  script: URL,
  options: Omit<EngineCommandOptions, "stdin" | "temporary">,
): EngineProcess {
  const temporary = scratchFolder();
  const process = engineCommand(script, {
    ...options,
    stdin: "piped",
    temporary: temporary.path,
  }).spawn();
  const writer = process.stdin.getWriter();
  const reader = textLines(process.stdout).getReader();
  return {
    pid: process.pid,
    send: async (message) => {
      const line = new TextEncoder().encode(JSON.stringify(message) + "\n");
      // If the process has ended, `receive()` reports it.
      await writer.write(line).catch(() => {});
    },
    receive: async () => (await reader.read()).value,
    close: async () => await writer.close().catch(() => {}),
    kill: () => {
      try {
        process.kill("SIGKILL");
      } catch {
        // It has ended already.
      }
    },
    ending: process.status.then(({ code, signal }) =>
      signal ?? `exit code ${code}`
    ),
    cleanUp: async () => {
      await process.status;
      await reader.cancel().catch(() => {});
      await writer.abort().catch(() => {});
      temporary[Symbol.dispose]();
    },
  };
}
