import { join } from "node:path";
import {
  endedProcesses,
  MARK,
  markedProcesses,
  pause,
  signalTo,
} from "./processes.ts";
import { ROOT } from "../../lib/files/project_root.ts";
import { pythonOf } from "../../lib/reproduce/run_notebook.ts";
import type { Program } from "./subjects.ts";

/**
 * How a program is killed: SIGKILL to it alone, or to all of its processes as in a
 * power failure; SIGTERM to it; SIGINT to its group, as Ctrl-C does; or by closing
 * its terminal.
 */
export const KILLS = [
  "SIGKILL",
  "SIGKILL to all",
  "SIGTERM",
  "SIGINT",
  "closed terminal",
] as const;

/** One of these ways. */
export type Kill = typeof KILLS[number];

/**
 * When a program is killed: after a share of the time of an unbroken run, or as soon
 * as its n-th temporary file or folder appears, between write and rename.
 */
export type Moment =
  | { readonly afterMs: number }
  | { readonly temporary: number };

/** What happened to a program. */
export interface Attempt {
  /** False if it has finished before. */
  readonly killed: boolean;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
  /** Number of temporary files and folders that have appeared. */
  readonly temporaries: number;
  /** What should not have happened. */
  readonly faults: readonly string[];
}

/** How long the processes of a program that finishes may take to end. */
const END_MS = 5_000;

/** Exit codes after signals that a program handles; other kills have any code. */
const CODES: Partial<Record<Kill, number>> = { SIGTERM: 143, SIGINT: 130 };

/** Runs a program in a terminal of its own, which closes if this is killed. */
const TERMINAL = `
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], sys.argv[1:])
try:
    while os.read(terminal, 65536):
        pass
except OSError:
    pass
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

/** Runs a program in a folder to its end, or until it is killed. */
export async function attempt(
  program: Program,
  folder: string,
  how?: {
    readonly kill: Kill;
    readonly moment: Moment;
    /** How long its processes may take to end. */
    readonly endMs: number;
  },
): Promise<Attempt> {
  const mark = crypto.randomUUID();
  const startedAt = performance.now();
  const child = await started(program, folder, { mark, kill: how?.kill });
  const output = child.output();
  let over = false;
  const ended = child.status.then((status) => {
    over = true;
    return status;
  });
  const pids = followed(mark, () => over);
  const watch = watched(join(folder, program.results), (count) => {
    if (how && "temporary" in how.moment && how.moment.temporary === count) {
      kill();
    }
  });
  let killed = false;
  const kill = () => {
    if (over || killed) return;
    killed = true;
    send(how!.kill, child.pid, pids.found);
  };
  if (how && "afterMs" in how.moment) {
    await Promise.race([pause(how.moment.afterMs), ended]);
    kill();
  }
  const { code } = await ended;
  const durationMs = performance.now() - startedAt;
  const temporaries = watch.stop();
  await pids.stopped;
  const left = await endedProcesses(mark, how?.endMs ?? END_MS);
  const { stdout, stderr } = await output;
  const text = new TextDecoder();
  const expected = killed ? CODES[how!.kill] : 0;
  return {
    killed,
    code,
    stdout: text.decode(stdout),
    stderr: text.decode(stderr),
    durationMs,
    temporaries,
    faults: [
      ...left > 0 ? [`${left} processes were left`] : [],
      // A program that was about to finish ignores a signal.
      ...expected !== undefined && code !== expected && code !== 0
        ? [
          `exit code ${code}: ${text.decode(stderr).trim().split("\n").at(-1)}`,
        ]
        : [],
    ],
  };
}

async function started(
  { command, environment }: Program,
  folder: string,
  { mark, kill }: { readonly mark: string; readonly kill: Kill | undefined },
): Promise<Deno.ChildProcess> {
  const words = await command(folder);
  const [program, ...args] = kill === "closed terminal"
    ? [pythonOf(ROOT), "-c", TERMINAL, ...words]
    : words;
  return new Deno.Command(program, {
    args,
    cwd: folder,
    env: { ...environment(folder), [MARK]: mark },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    detached: true,
  }).spawn();
}

function send(kill: Kill, pid: number, all: readonly number[]): void {
  switch (kill) {
    case "SIGKILL":
    case "closed terminal":
      return signalTo(pid, "SIGKILL");
    case "SIGKILL to all":
      return [pid, ...all].forEach((one) => signalTo(one, "SIGKILL"));
    case "SIGTERM":
      return signalTo(pid, "SIGTERM");
    case "SIGINT":
      return signalTo(-pid, "SIGINT");
  }
}

/** Keeps the ids of a program's processes, so that all can be killed at once. */
function followed(mark: string, isOver: () => boolean) {
  const ids = { found: [] as number[], stopped: Promise.resolve() };
  const follow = async () => {
    while (!isOver()) {
      ids.found = await markedProcesses(mark);
      await pause(200);
    }
  };
  ids.stopped = follow();
  return ids;
}

/** Counts the temporary files and folders that appear below a folder. */
function watched(folder: string, onTemporary: (count: number) => void) {
  Deno.mkdirSync(folder, { recursive: true });
  const watcher = Deno.watchFs(folder);
  const seen = new Set<string>();
  const count = async () => {
    for await (const { kind, paths } of watcher) {
      if (kind !== "create") continue;
      for (
        const path of paths.filter((path) => /\.partial-[^/]*$/.test(path))
      ) {
        if (seen.has(path)) continue;
        seen.add(path);
        onTemporary(seen.size);
      }
    }
  };
  void count();
  return {
    stop: () => {
      watcher.close();
      return seen.size;
    },
  };
}
