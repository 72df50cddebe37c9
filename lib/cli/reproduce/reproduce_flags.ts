import {
  byDefault,
  choice,
  optional,
  text,
  toggle,
  type Values,
  whole,
} from "../flags/flags.ts";
import { PLANNED_PROFILES, PROFILE_GROUPS } from "./profile_plan.ts";

/** What `--profile` takes, each with its summary. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ...PLANNED_PROFILES,
  ...[...PROFILE_GROUPS].map(([name, members]) =>
    [name, `${members.join(", ")}, one after the other`] as const
  ),
]);

const flags = {
  profile: byDefault(
    "quick",
    choice([...NAMES.keys()], {
      placeholder: "NAME",
      help: "the profile to reproduce",
      listed: false,
    }),
  ),
  only: optional(
    text("NN[,NN]", "run only these notebooks, even if they are up to date"),
  ),
  force: toggle("remove the profile's results and trained networks first"),
  dryRun: toggle(
    "print every run with its settings, cost and order, and execute nothing",
  ),
  cellTimeout: optional(
    whole(1, "time limit of a cell in seconds; unlimited by default", "S"),
  ),
};

/** The command line of `deno task reproduce`. */
export const REPRODUCE = {
  program: "deno task",
  name: "reproduce",
  summary: "execute the notebooks of a profile that are not up to date",
  flags,
  examples: [
    "reproduce",
    "reproduce --profile smoke",
    "reproduce --only 04,05",
    "reproduce --profile paper --dry-run",
  ],
  notes: `The notebooks run in order, without a browser. Tables, figures,
rendered notebooks and index.html are written to results/<profile>/.`,
  lists: { "Profiles:": NAMES },
};

/** What the flags held. */
export type ReproduceValues = Values<typeof flags>;
