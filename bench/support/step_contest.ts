import type { TrainedNetwork } from "./networks.ts";
import type { PeerProcess } from "./peer_process.ts";
import { STEP_ANSWER, type StepTask, VARIANTS } from "./training_programs.ts";

/** Takes training steps for some seconds; the milliseconds of each step. */
export type Steps = (seconds: number) => Promise<readonly number[]>;

/** Our program and the variants of PyTorch's, which train the same network. */
export interface StepContest {
  readonly ours: Steps;
  readonly peers: ReadonlyMap<string, Steps>;
}

/**
 * Builds a network in our process and in each variant of PyTorch's.
 *
 * @throws {Error} if a peer's network has another number of weights than ours
 */
export async function openContest(
  network: TrainedNetwork,
  { ours, torch }: {
    readonly ours: PeerProcess;
    readonly torch?: PeerProcess | undefined;
  },
): Promise<StepContest> {
  const ask = (task: StepTask) => ours.ask(STEP_ANSWER, task);
  const { parameters } = await ask({ ...network, seconds: 0 });
  const peers = new Map<string, Steps>();
  for (const [name, variant] of torch === undefined ? [] : VARIANTS) {
    const task = { ...network, ...variant };
    const askPeer = (seconds: number) =>
      torch!.ask(STEP_ANSWER, { ...task, seconds });
    checkSame(network, parameters, (await askPeer(0)).parameters);
    peers.set(name, async (seconds) => (await askPeer(seconds)).times);
  }
  return {
    ours: async (seconds) => (await ask({ ...network, seconds })).times,
    peers,
  };
}

function checkSame({ network }: TrainedNetwork, ours: number, peer: number) {
  if (ours === peer) return;
  throw new Error(
    `Cannot compare ${network}: it has ${ours} weights here and ${peer} in PyTorch`,
  );
}
