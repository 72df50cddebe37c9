/** Results of interleaved rounds: round i of ours and of each peer belong together. */
export interface Rounds<Result = number> {
  readonly ours: readonly Result[];
  readonly peers: ReadonlyMap<string, readonly Result[]>;
}

/**
 * Measures all programs in turn in each round, so that a change of the machine's
 * speed affects all of them.
 *
 * @param programs ours and the peers by name
 * @param measure measures a program once
 */
export async function runRounds<Program, Result>(
  rounds: number,
  programs: {
    readonly ours: Program;
    readonly peers: ReadonlyMap<string, Program>;
  },
  measure: (program: Program) => Promise<Result>,
): Promise<Rounds<Result>> {
  const ours: Result[] = [];
  const peers = new Map<string, Result[]>();
  for (let round = 0; round < rounds; round++) {
    ours.push(await measure(programs.ours));
    for (const [name, program] of programs.peers) {
      peers.set(name, [...peers.get(name) ?? [], await measure(program)]);
    }
  }
  return { ours, peers };
}

/** Applies a function to each result. */
export function mapRounds<Result, Value>(
  { ours, peers }: Rounds<Result>,
  of: (result: Result) => Value,
): Rounds<Value> {
  const mapped = [...peers]
    .map(([name, results]) => [name, results.map(of)] as const);
  return { ours: ours.map(of), peers: new Map(mapped) };
}
