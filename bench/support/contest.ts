import type { z } from "zod";
import { report } from "./benchmark.ts";
import { compare, type Measurement, medians } from "./measurement.ts";
import type { ContestTask } from "./networks.ts";
import {
  openPrograms,
  type ProgramOptions,
  type Programs,
  VARIANTS,
} from "./programs.ts";
import { runRounds } from "./rounds.ts";

/** Asks a program to train a network for an amount of steps or epochs. */
export type Ask<Amount, Answer> = (amount: Amount) => Promise<Answer>;

/** A benchmark that trains the same networks in our program and in PyTorch's. */
export interface Contest<Amount, Answer> extends ProgramOptions {
  readonly what: Pick<Measurement, "work" | "unit">;
  readonly tasks: readonly ContestTask[];
  readonly rounds: number;
  /** Number of processes of each program (1). */
  readonly processes?: number;
  /** The amount with which a program only builds the network. */
  readonly none: Amount;
  /** Schema of the answers. */
  readonly schema: z.ZodType<Answer>;
  /** Measures a program once, all of its processes at the same time. */
  readonly measure: (asks: readonly Ask<Amount, Answer>[]) => Promise<number>;
}

/** One pair of programs, with a built network. */
interface Asks<Amount, Answer> {
  readonly ours: Ask<Amount, Answer>;
  readonly peers: ReadonlyMap<string, Ask<Amount, Answer>>;
}

interface Parameters {
  readonly parameters: number;
}

/**
 * Holds a contest and returns one measurement per network.
 *
 * @throws {Error} if a peer's network has another number of weights than ours
 */
export async function holdContest<Amount, Answer extends Parameters>(
  contest: Contest<Amount, Answer>,
): Promise<Measurement[]> {
  const programs: Programs[] = [];
  try {
    for (let i = 0; i < (contest.processes ?? 1); i++) {
      programs.push(await openPrograms(contest));
    }
    report(programs[0].versions);
    const measurements: Measurement[] = [];
    for (const task of contest.tasks) {
      measurements.push(await measureTask(programs, task, contest));
    }
    return measurements;
  } finally {
    await Promise.all(programs.map((pair) => pair.close()));
  }
}

async function measureTask<Amount, Answer extends Parameters>(
  programs: readonly Programs[],
  task: ContestTask,
  contest: Contest<Amount, Answer>,
): Promise<Measurement> {
  const { what, rounds, measure } = contest;
  report(`${what.work}: ${task.title}`);
  const asks: Asks<Amount, Answer>[] = [];
  for (const pair of programs) asks.push(await build(pair, task, contest));
  const together = {
    ours: asks.map(({ ours }) => ours),
    peers: new Map(
      [...asks[0].peers.keys()]
        .map((name) => [name, asks.map(({ peers }) => peers.get(name)!)]),
    ),
  };
  const timed = await runRounds(rounds, together, measure);
  report(medians(timed));
  return compare({ ...what, size: task.title }, timed);
}

/** Builds a network in our process and in each variant of PyTorch's. */
async function build<Amount, Answer extends Parameters>(
  { ours, torch }: Programs,
  { title, question }: ContestTask,
  { none, schema }: Pick<Contest<Amount, Answer>, "none" | "schema">,
): Promise<Asks<Amount, Answer>> {
  const ask = (amount: Amount) => ours.ask(schema, { ...question, ...amount });
  const { parameters } = await ask(none);
  const peers = new Map<string, Ask<Amount, Answer>>();
  for (const [name, variant] of torch === undefined ? [] : VARIANTS) {
    const askPeer = (amount: Amount) =>
      torch!.ask(schema, { ...question, ...variant, ...amount });
    const answer = await askPeer(none);
    if (answer.parameters !== parameters) {
      throw new Error(
        `Cannot compare ${title}: it has ${parameters} weights here and ` +
          `${answer.parameters} in PyTorch`,
      );
    }
    peers.set(name, askPeer);
  }
  return { ours: ask, peers };
}
