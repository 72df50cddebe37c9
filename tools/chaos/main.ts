/**
 * Kills commands at random moments, runs them again, and compares what they leave
 * with runs that were never killed.
 *
 *   deno task chaos [--commands NAME,NAME] [--kills N] [--seed N]
 */
import { join } from "node:path";
import { BadInput } from "../../lib/bad_input.ts";
import { parseCommandLine } from "../../lib/cli/flags/command_line.ts";
import {
  choice,
  several,
  whole,
  withDefault,
} from "../../lib/cli/flags/flags.ts";
import { textTable } from "../../lib/cli/terminal/text_table.ts";
import { ROOT } from "../../lib/files/project_root.ts";
import { writeText } from "../../lib/files/write_text.ts";
import { stream } from "../../lib/random.ts";
import { chaos, type Outcome } from "./chaos.ts";
import { KILLS } from "./kill.ts";
import { SUBJECTS } from "./subjects.ts";

const NAMES = SUBJECTS.map(({ name }) => name);

const CHAOS = {
  program: "deno task",
  name: "chaos",
  summary: "kill commands at random moments and compare what they leave",
  notes:
    `Works in dist/chaos, where programs stay that went wrong. Exit code 1 if
one did.`,
  flags: {
    commands: withDefault(
      NAMES,
      several(
        choice(NAMES, {
          placeholder: "NAME",
          help: "the commands",
          listed: false,
        }),
      ),
    ),
    kills: withDefault(40, whole(1, "kills per command")),
    seed: withDefault(1, whole(0, "seed of the moments")),
  },
  examples: ["chaos", "chaos --commands train,tune --kills 10 --seed 2"],
};

async function main(args: readonly string[]): Promise<number> {
  const request = parseCommandLine(args, CHAOS);
  if (request.kind === "help") {
    writeText(Deno.stdout, request.text);
    return 0;
  }
  const { commands, kills, seed } = request.values;
  const log = (line: string) => writeText(Deno.stderr, `${line}\n`);
  const root = join(ROOT, "dist", "chaos");
  await Deno.remove(root, { recursive: true }).catch(() => {});
  const outcomes = new Map<string, Outcome>();
  for (const subject of SUBJECTS) {
    if (!commands.includes(subject.name)) continue;
    const folder = join(root, subject.name);
    const random = stream(seed, subject.name);
    outcomes.set(
      subject.name,
      await chaos(subject, { folder, kills, random, log }),
    );
  }
  writeText(Deno.stdout, table(outcomes));
  const failed = [...outcomes.values()].some(({ faults }) => faults.length > 0);
  if (!failed) await Deno.remove(root, { recursive: true });
  return failed ? 1 : 0;
}

/** Counts by command: kills by way, moments and faults. */
function table(outcomes: ReadonlyMap<string, Outcome>): string {
  const records = [...outcomes].map(([command, outcome]) => ({
    command,
    ...Object.fromEntries(KILLS.map((way) => [
      way,
      outcome.kills.filter(({ kill }) => kill === way).length,
    ])),
    kills: outcome.kills.length,
    atWrite: outcome.kills.filter(({ atWrite }) => atWrite).length,
    betweenWrites:
      outcome.kills.filter(({ betweenWrites }) => betweenWrites).length,
    compared: outcome.compared,
    faults: outcome.faults.length,
  }));
  return textTable({
    caption: undefined,
    records,
    columns: [
      { key: "command" },
      ...KILLS.map((key) => ({ key })),
      { key: "kills" },
      { key: "atWrite", title: "at a write" },
      { key: "betweenWrites", title: "before a rename" },
      { key: "compared", title: "compared" },
      { key: "faults" },
    ],
  });
}

if (import.meta.main) {
  try {
    Deno.exit(await main(Deno.args));
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    writeText(Deno.stderr, `${error.message}\n`);
    Deno.exit(2);
  }
}
