import { RUN_STATES } from "../../../runs/stored_runs.ts";
import { ageKind } from "../../flags/age_kind.ts";
import {
  choice,
  optional,
  path,
  several,
  text,
  toggle,
  type Values,
  whole,
  withDefault,
} from "../../flags/flags.ts";

/** The flags of `ils runs`. */
export const runsFlags = {
  action: withDefault(
    "list",
    choice(["list", "show", "remove"], {
      placeholder: "ACTION",
      help: "what to do",
    }),
  ),
  run: optional({
    ...several(text("RUN", "ids of runs (default: all that match)")),
    repeats: true,
  }),
  dataset: optional(text("D", "only runs on this data set")),
  model: optional(text("NAME", "only runs of this architecture")),
  method: optional(
    text("M", "only runs of this method or loss, or student-of-M"),
  ),
  seed: optional(whole(0, "only runs with this seed", "S")),
  state: optional(
    choice(RUN_STATES, {
      placeholder: "STATE",
      help: "only runs in this state",
    }),
  ),
  olderThan: optional(
    ageKind("only runs that were started longer ago, such as 12h, 30d or 8w"),
  ),
  folder: optional(
    path("DIR", "folder of the runs (default: results/runs)"),
  ),
  yes: toggle("remove without asking"),
  force: toggle("remove runs that other stored runs need, too"),
};

/** Values of the flags of `ils runs`. */
export type RunsValues = Values<typeof runsFlags>;
