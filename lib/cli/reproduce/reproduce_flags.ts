import {
  choice,
  optional,
  text,
  toggle,
  type Values,
  whole,
  withDefault,
} from "../flags/flags.ts";
import { executorFlag } from "../flags/parallel_flags.ts";
import { PLANNED_PROFILES, PROFILE_GROUPS } from "./profile_plan.ts";

/** The values of `--profile` with their summaries. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ...PLANNED_PROFILES,
  ...[...PROFILE_GROUPS].map(([name, members]) =>
    [name, `${members.join(", ")}, one after the other`] as const
  ),
]);

const flags = {
  profile: withDefault(
    "quick",
    choice([...NAMES.keys()], {
      placeholder: "NAME",
      help: "the profile to reproduce",
      listed: false,
    }),
  ),
  only: optional(
    text(
      "NN[,NN]",
      "execute only these notebooks, by number, even if they are up to date",
    ),
  ),
  force: toggle("first remove the profile's results and trained networks"),
  dryRun: toggle(
    "list every run in order with its settings and cost; execute nothing",
  ),
  verify: toggle(
    "then do it again from nothing, and compare tables, figures, logits and " +
      "weights",
  ),
  jobs: optional(
    whole(
      1,
      "number of networks, or synthetic data sets, trained at once (default: " +
        "cores; 1 network on a GPU); with --executor: of jobs at once",
    ),
  ),
  executor: executorFlag,
  cellTimeout: optional(
    whole(1, "time limit per cell in seconds (default: none)", "S"),
  ),
};

/** The command line of `deno task reproduce`. */
export const REPRODUCE = {
  program: "deno task",
  name: "reproduce",
  summary: "execute the notebooks of a profile that are out of date",
  flags,
  examples: [
    "reproduce",
    "reproduce --profile smoke --verify",
    "reproduce --only 04,05",
    "reproduce --profile paper --dry-run",
    "reproduce --profile standard --executor slurm --jobs 200",
  ],
  notes: `The notebooks run in order, without a browser. Tables, figures,
rendered notebooks and index.html are written to results/<profile>/.`,
  lists: { "Profiles:": NAMES },
};

/** Values of the flags of `deno task reproduce`. */
export type ReproduceValues = Values<typeof flags>;
