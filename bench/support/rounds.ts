import type { Rounds } from "./measurement.ts";

/**
 * Measures all programs in turn in each round, so that a change of the machine's
 * speed meets all of them.
 *
 * @param programs ours and the peers by name
 * @param measure measures a program once
 */
export async function runRounds<Program>(
  rounds: number,
  programs: {
    readonly ours: Program;
    readonly peers: ReadonlyMap<string, Program>;
  },
  measure: (program: Program) => Promise<number>,
): Promise<Rounds> {
  const ours: number[] = [];
  const peers = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++) {
    ours.push(await measure(programs.ours));
    for (const [name, program] of programs.peers) {
      peers.set(name, [...peers.get(name) ?? [], await measure(program)]);
    }
  }
  return { ours, peers };
}
