import { join } from "node:path";
import {
  endedProcesses,
  MARK,
  markedProcesses,
  pause,
  signalTo,
} from "./processes.ts";
import { ROOT } from "../../lib/files/project_root.ts";
import { pythonOf } from "../../lib/reproduce/project_python.ts";
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

/** Interval of looking for a program's processes. */
const FOLLOW_MS = 200;

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

/** When and how a program is killed. */
export interface Killing {
  readonly kill: Kill;
  readonly moment: Moment;
  /** How long its processes may take to end. */
  readonly endMs: number;
}

/** Runs a program in a folder to its end, or until it is killed. */
export async function attempt(
  program: Program,
  folder: string,
  how?: Killing,
): Promise<Attempt> {
  const mark = crypto.randomUUID();
  const startedAt = performance.now();
  const watch = watched(join(folder, program.results));
  const child = await started(program, folder, { mark, kill: how?.kill });
  const output = child.output();
  const pids = followed(mark, child.status);
  const killed = how !== undefined &&
    await killedAt(how, { child, pids, watch });
  const { code } = await child.status;
  const durationMs = performance.now() - startedAt;
  const temporaries = watch.stop();
  await pids.stopped;
  const left = await endedProcesses(mark, how?.endMs ?? END_MS);
  const [stdout, stderr] = await output.then(({ stdout, stderr }) =>
    [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes))
  );
  const faults = [
    ...left > 0 ? [`${left} processes were left`] : [],
    ...hasExpectedCode(code, killed ? how.kill : undefined)
      ? []
      : [`exit code ${code}: ${stderr.trim().split("\n").at(-1)}`],
  ];
  return { killed, code, stdout, stderr, durationMs, temporaries, faults };
}

function hasExpectedCode(code: number, kill: Kill | undefined): boolean {
  if (kill === undefined) return code === 0;
  // A program that was about to finish ignores a signal.
  return !(kill in CODES) || [CODES[kill], 0].includes(code);
}

/**
 * Kills a program at a moment.
 *
 * @returns false if it has ended before
 */
async function killedAt(
  { kill, moment }: Killing,
  { child, pids, watch }: {
    readonly child: Deno.ChildProcess;
    readonly pids: Followed;
    readonly watch: Watch;
  },
): Promise<boolean> {
  const come = "temporary" in moment
    ? watch.appeared(moment.temporary)
    : pause(moment.afterMs);
  const isOver = await Promise.race([
    come.then(() => false),
    child.status.then(() => true),
  ]);
  if (!isOver) send(kill, child.pid, pids.found);
  return !isOver;
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

/** The ids of a program's processes, so that all can be killed at once. */
interface Followed {
  found: readonly number[];
  stopped: Promise<void>;
}

/** Keeps the ids of a program's processes up to date until it ends. */
function followed(mark: string, ended: Promise<unknown>): Followed {
  let isOver = false;
  void ended.then(() => isOver = true);
  const ids: Followed = { found: [], stopped: Promise.resolve() };
  const follow = async () => {
    while (!isOver) {
      ids.found = await markedProcesses(mark);
      await Promise.race([pause(FOLLOW_MS), ended]);
    }
  };
  ids.stopped = follow();
  return ids;
}

/** The temporary files and folders that appear below a folder. */
interface Watch {
  /** Waits until a number of them has appeared. */
  appeared(count: number): Promise<void>;
  /** Returns their number. */
  stop(): number;
}

/** Watches a folder, which it creates. */
function watched(folder: string): Watch {
  Deno.mkdirSync(folder, { recursive: true });
  const watcher = Deno.watchFs(folder);
  const seen = new Set<string>();
  const waiting = Promise.withResolvers<void>();
  let awaited = Infinity;
  const count = async () => {
    for await (const { kind, paths } of watcher) {
      if (kind !== "create") continue;
      for (const path of paths) {
        if (/\.partial-[^/]*$/.test(path)) seen.add(path);
      }
      if (seen.size >= awaited) waiting.resolve();
    }
  };
  void count();
  return {
    appeared(count) {
      awaited = count;
      return waiting.promise;
    },
    stop() {
      watcher.close();
      return seen.size;
    },
  };
}
