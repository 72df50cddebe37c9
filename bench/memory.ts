/**
 * Question: how much memory does training take, compared with PyTorch?
 *
 *   deno task bench memory
 *
 * Each program takes seven training steps in a new process. `peak memory` is the
 * largest resident memory of the process, `growth of memory` its excess over the
 * resident memory after loading the library. The best variant of PyTorch counts: here
 * the one with the smallest peak. `graph's peak memory` compares our recorded steps with those
 * executed operation by operation.
 */
import { z } from "zod";
import { BadInput } from "../lib/bad_input.ts";
import { whole, withDefault } from "../lib/cli/flags/flags.ts";
import { processMemory } from "../lib/cost/process_memory.ts";
import { report, runBenchmark } from "./support/benchmark.ts";
import { compare, type Measurement, medians } from "./support/measurement.ts";
import {
  networksFlag,
  networkTask,
  type TrainedNetwork,
} from "./support/networks.ts";
import type { PeerProcess } from "./support/peer_process.ts";
import { startOurs, startTorch, VARIANTS } from "./support/programs.ts";
import { mapRounds, type Rounds, runRounds } from "./support/rounds.ts";
import { STEP_ANSWER } from "./support/tasks.ts";

/** Our program without graphs. */
const EAGER = "operation by operation";

const STEPS = new URL("./support/step_process.ts", import.meta.url);

/** Short enough for the smallest number of timed steps, three after four others. */
const SECONDS = 1e-6;

/** A program that is started for each measurement. */
interface Program {
  readonly start: () => PeerProcess;
  /** Further keys of the question. */
  readonly variant: object;
}

/** Memory in MB. */
interface Memory {
  readonly peak: number;
  readonly growth: number;
}

await runBenchmark({
  name: "memory",
  summary: "measure the peak memory of training against PyTorch",
  flags: {
    // Memory varies less than time.
    rounds: withDefault(3, whole(1, "rounds")),
    networks: networksFlag(["resnet18"]),
    threads: withDefault(2, whole(1, "threads of each program")),
  },
  async measure({ python, rounds, networks, threads }) {
    if (Deno.build.os !== "linux") {
      throw new BadInput("Memory is measured on Linux only");
    }
    const eager = ours(threads, { ILS_ENGINE: "eager" });
    const measurements = [];
    for (const { title: size, question } of networks.map(networkTask)) {
      report(`Memory of ${size}`);
      const peers = python === undefined ? [] : torchPrograms(python, threads);
      const programs = new Map([...peers, [EAGER, eager]]);
      const measured = await runRounds(
        rounds,
        { ours: ours(threads), peers: programs },
        (program) => measureMemory(program, question),
      );
      measurements.push(...compareMemory(size, measured));
    }
    return measurements;
  },
});

function ours(threads: number, env: Record<string, string> = {}): Program {
  return { start: () => startOurs(STEPS, threads, { env }), variant: {} };
}

function torchPrograms(python: string, threads: number): [string, Program][] {
  const start = () => startTorch(python, "training_peer.py", threads);
  return [...VARIANTS].map(([name, variant]) => [name, { start, variant }]);
}

async function measureMemory(
  { start, variant }: Program,
  question: TrainedNetwork,
): Promise<Memory> {
  const process = start();
  await process.ask(z.string());
  const { resident } = processMemory(process.pid);
  await process.ask(STEP_ANSWER, { ...question, ...variant, seconds: SECONDS });
  const { peak } = processMemory(process.pid);
  await process.close();
  return { peak: peak / 1e6, growth: (peak - resident) / 1e6 };
}

function compareMemory(size: string, measured: Rounds<Memory>): Measurement[] {
  const peers = new Map(measured.peers);
  const eager = new Map([[EAGER, peers.get(EAGER)!]]);
  peers.delete(EAGER);
  const row = (
    work: string,
    against: ReadonlyMap<string, readonly Memory[]>,
    of: (memory: Memory) => number,
  ) => {
    const rounds = mapRounds({ ...measured, peers: against }, of);
    report(`${work}: ${medians(rounds)}`);
    return compare({ work, size, unit: "MB" }, rounds);
  };
  return [
    row("peak memory", peers, ({ peak }) => peak),
    row("growth of memory", peers, ({ growth }) => growth),
    row("graph's peak memory", eager, ({ peak }) => peak),
  ];
}
