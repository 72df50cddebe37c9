import { join } from "node:path";
import type { Random } from "../../lib/random.ts";
import {
  type Attempt,
  attempt,
  type Kill,
  KILLS,
  type Moment,
} from "./kill.ts";
import {
  differences,
  type Snapshot,
  snapshot,
  withoutTimes,
} from "./compare.ts";
import { type Subject, temporaryFolder } from "./subjects.ts";

/** Longest time for the processes of a killed program to end. */
const END_MS = 120_000;

/** Most kills before a program may finish. */
const CHAIN = 4;

/** How a program was killed, and what was left of an unfinished write. */
export interface KillRecord {
  readonly kill: Kill;
  /** Whether it was killed when a temporary file appeared. */
  readonly atWrite: boolean;
  /** Whether temporary files were left, so that it was between write and rename. */
  readonly betweenWrites: boolean;
}

/** The kills of a command, and everything that went wrong. */
export interface Outcome {
  readonly kills: readonly KillRecord[];
  /** Number of programs that were killed and then ran to their end. */
  readonly compared: number;
  readonly faults: readonly string[];
}

/** Options of `chaos()`. */
export interface ChaosOptions {
  /** An empty folder. */
  readonly folder: string;
  readonly kills: number;
  readonly random: Random;
  readonly log: (line: string) => void;
  /** How long processes may take to end after a kill (two minutes). */
  readonly endMs?: number;
}

/** A run that was never killed. */
interface Reference {
  readonly results: Snapshot;
  readonly durationMs: number;
  readonly temporaries: number;
}

/**
 * Kills a command's program at random moments, up to four times in the same folder,
 * lets it run to its end, and compares everything that it leaves with a run that was
 * never killed.
 *
 * @throws {Error} if the run that is never killed fails
 */
export async function chaos(
  subject: Subject,
  { folder, kills, random, log, endMs = END_MS }: ChaosOptions,
): Promise<Outcome> {
  const start = join(folder, "start");
  await Deno.mkdir(join(start, "tmp"), { recursive: true });
  await subject.prepare(start);
  const reference = await referenceOf(subject, await copied(start, "whole"));
  log(
    `${subject.name}: ${(reference.durationMs / 1000).toFixed(1)} s unbroken`,
  );
  const records: KillRecord[] = [];
  const faults: string[] = [];
  let compared = 0;
  while (records.length < kills) {
    const place = await copied(start, `broken-${compared}`);
    const most = Math.min(kills, records.length + 1 + random.integer(CHAIN));
    const chain = { place, most, reference, random, endMs };
    const found = await broken(subject, records, chain);
    compared++;
    faults.push(
      ...found.map((fault) => `${subject.name} ${compared}: ${fault}`),
    );
    for (const fault of found) log(`  ${subject.name} ${compared}: ${fault}`);
    log(`${subject.name}: ${records.length} of ${kills} kills`);
    if (found.length === 0) await Deno.remove(place, { recursive: true });
  }
  return { kills: records, compared, faults };
}

async function copied(start: string, name: string): Promise<string> {
  const place = join(start, "..", name);
  await new Deno.Command("cp", { args: ["-R", "-P", start, place] }).output();
  return place;
}

async function referenceOf(
  subject: Subject,
  place: string,
): Promise<Reference> {
  const whole = await attempt(subject, place);
  if (whole.code !== 0) {
    throw new Error(`${subject.name} fails unbroken: ${whole.stderr.trim()}`);
  }
  const { durationMs, temporaries } = whole;
  return { results: contents(subject, place, whole), durationMs, temporaries };
}

/**
 * Kills a program until there are enough records or it finishes, and then lets it
 * finish.
 *
 * @returns what went wrong
 */
async function broken(
  subject: Subject,
  records: KillRecord[],
  { place, most, reference, random, endMs }: {
    readonly place: string;
    readonly most: number;
    readonly reference: Reference;
    readonly random: Random;
    readonly endMs: number;
  },
): Promise<string[]> {
  const faults: string[] = [];
  let finished = false;
  while (!finished && records.length < most) {
    const how = drawn(reference, random, records.length);
    const tried = await attempt(subject, place, { ...how, endMs });
    faults.push(...tried.faults.map((fault) => `${how.kill}: ${fault}`));
    finished = !tried.killed;
    if (finished) continue;
    records.push({
      kill: how.kill,
      atWrite: "temporary" in how.moment,
      betweenWrites: temporariesIn(join(place, subject.results)),
    });
  }
  // Also after a program that finished: the same command again changes nothing.
  const last = await attempt(subject, place);
  if (last.code !== 0) {
    return [...faults, `cannot be run again: ${last.stderr.trim()}`];
  }
  const found = contents(subject, place, last);
  return [...faults, ...last.faults, ...differences(found, reference.results)];
}

/** Draws a way and a moment; the ways take turns, each second at a write. */
function drawn(
  { durationMs, temporaries }: Reference,
  random: Random,
  number: number,
): { kill: Kill; moment: Moment } {
  const kill = KILLS[number % KILLS.length];
  const atWrite = Math.floor(number / KILLS.length) % 2 === 1 &&
    temporaries > 0;
  const moment = atWrite
    ? { temporary: 1 + random.integer(temporaries) }
    : { afterMs: durationMs * random.uniform() };
  return { kill, moment };
}

/** Results, temporary files and standard output, without times. */
function contents(
  { results }: Subject,
  place: string,
  { stdout }: Attempt,
): Snapshot {
  return new Map([
    ...snapshot(join(place, results)),
    ...[...snapshot(temporaryFolder(place))]
      .map(([path, content]) => [join("tmp", path), content] as const),
    ["standard output", stdout === "" ? "" : withoutTimes(stdout, "a.json")],
  ]);
}

function temporariesIn(folder: string): boolean {
  return [...snapshot(folder).keys()].some((path) =>
    path.includes(".partial-")
  );
}
