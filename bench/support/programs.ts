/** The programs that train: ours and PyTorch's, the latter in several variants. */
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { ENGINE_PERMISSIONS } from "../../lib/files/engine_process.ts";
import { type PeerProcess, startPeer } from "./peer_process.ts";

/** Memory format of a PyTorch program, and whether `torch.compile` is used. */
export interface Variant {
  readonly channelsLast: boolean;
  readonly compiled: boolean;
}

/** The variants of a PyTorch program by name. */
export const VARIANTS: ReadonlyMap<string, Variant> = new Map([
  ["PyTorch NCHW", { channelsLast: false, compiled: false }],
  ["PyTorch channels_last", { channelsLast: true, compiled: false }],
  ["torch.compile NCHW", { channelsLast: false, compiled: true }],
  ["torch.compile channels_last", { channelsLast: true, compiled: true }],
]);

/** How to start a pair of programs that answer the same questions. */
export interface ProgramOptions {
  /** Our script. */
  readonly script: URL;
  /** File of PyTorch's program in `bench/peers`. */
  readonly file: string;
  /** A Python with PyTorch; without it only our program starts. */
  readonly python: string | undefined;
  readonly threads: number;
}

/** Our program and PyTorch's; each has loaded its library. */
export interface Programs {
  readonly ours: PeerProcess;
  readonly torch: PeerProcess | undefined;
  /** Such as `TensorFlow 2.21.0, PyTorch 2.14.1`. */
  readonly versions: string;
  close(): Promise<void>;
}

/** Permissions of the engine, which also reads `/proc`. */
const PERMISSIONS = [
  ...ENGINE_PERMISSIONS,
  "--allow-write",
  "--allow-sys=cpus,systemMemoryInfo",
  "--allow-run=head",
];

/** Starts our program and, with a Python, PyTorch's. */
export async function openPrograms(
  { script, file, python, threads }: ProgramOptions,
): Promise<Programs> {
  const ours = startOurs(script, threads);
  const torch = python === undefined
    ? undefined
    : startTorch(python, file, threads);
  const versions = [`TensorFlow ${await ours.ask(z.string())}`];
  if (torch) versions.push(`PyTorch ${await torch.ask(z.string())}`);
  return {
    ours,
    torch,
    versions: versions.join(", "),
    close: async () => {
      await Promise.all([ours.close(), torch?.close()]);
    },
  };
}

/**
 * Starts a program of ours.
 *
 * @param options `env`: further environment variables (none)
 */
export function startOurs(
  script: URL,
  threads: number,
  { env = {} }: { readonly env?: Readonly<Record<string, string>> } = {},
): PeerProcess {
  const limits = {
    TF_NUM_INTRAOP_THREADS: `${threads}`,
    TF_NUM_INTEROP_THREADS: `${threads}`,
  };
  return startPeer(Deno.execPath(), denoArguments(script), {
    env: { ...limits, ...env },
  });
}

/** Deno's arguments for a script that loads the engine. */
export function denoArguments(script: URL): string[] {
  return ["run", "--quiet", ...PERMISSIONS, script.href];
}

/** Starts a PyTorch program of `bench/peers`. */
export function startTorch(
  python: string,
  file: string,
  threads: number,
): PeerProcess {
  const script = fileURLToPath(new URL(`../peers/${file}`, import.meta.url));
  const env = { OMP_NUM_THREADS: `${threads}` };
  return startPeer(python, [script, `${threads}`], { env });
}
