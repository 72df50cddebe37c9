/** The programs that take training steps: ours and PyTorch, in several variants. */
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { ENGINE_PERMISSIONS } from "../../lib/files/engine_process.ts";
import { NETWORK_NAMES } from "./networks.ts";
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

const WHOLE = z.int().min(1);

/** Schema of the questions to `learner_process.ts`. */
export const STEP_TASK = z.strictObject({
  network: z.enum(NETWORK_NAMES),
  batch: WHOLE,
  /** Height, width and channels. */
  shape: z.tuple([WHOLE, WHOLE, WHOLE]).readonly(),
  /** Steps are timed for this long; 0 only builds the network and takes one. */
  seconds: z.number().min(0),
});

/** What a program is asked. */
export type StepTask = Readonly<z.output<typeof STEP_TASK>>;

/** Schema of a program's answer. */
export const STEP_ANSWER = z.object({
  /** Number of trainable weights. */
  parameters: WHOLE,
  /** Milliseconds of each timed step. */
  times: z.array(z.number()),
});

/** Permissions of the engine, which also reads `/proc`. */
const PERMISSIONS = [
  ...ENGINE_PERMISSIONS,
  "--allow-write",
  "--allow-sys=cpus,systemMemoryInfo",
  "--allow-run=cat",
];

/**
 * Starts our program.
 *
 * @param options `env`: further environment variables (none)
 */
export function startOurs(
  threads: number,
  { env = {} }: { readonly env?: Readonly<Record<string, string>> } = {},
): PeerProcess {
  const script = new URL("./learner_process.ts", import.meta.url).href;
  return startPeer(
    Deno.execPath(),
    ["run", "--quiet", ...PERMISSIONS, script],
    { env: { TF_NUM_INTRAOP_THREADS: `${threads}`, ...env } },
  );
}

/** Starts a PyTorch program of `bench/peers` with a number of threads. */
export function startTorch(
  python: string,
  file: string,
  threads: number,
): PeerProcess {
  const script = fileURLToPath(new URL(`../peers/${file}`, import.meta.url));
  return startPeer(python, [script, `${threads}`], {
    env: { OMP_NUM_THREADS: `${threads}` },
  });
}
