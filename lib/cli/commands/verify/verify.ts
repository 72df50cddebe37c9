import { resolve } from "node:path";
import { ROOT } from "../../../files/project_root.ts";
import { runsFolder } from "../../../runs/store.ts";
import { command, Interrupted } from "../../command.ts";
import { optional, path, required } from "../../flags/flags.ts";
import { interruptible } from "../../terminal/interruptible.ts";
import { untrustedText } from "../../terminal/untrusted_text.ts";
import { progressLine } from "../../terminal/progress_line.ts";

/** `ils verify`: recomputes a profile's tables from the logits of its runs. */
export const verify = command({
  flags: {
    results: required(
      path("DIR", "results of a profile, such as results/quick"),
    ),
    runs: optional(
      path("DIR", "folder of the runs (default: results/runs of the project)"),
    ),
  },
  first: "results",
  examples: ["verify results/quick", "verify results/quick --runs DIR --json"],
  notes:
    `Trains nothing. Every metric and calibrator in the records of the runs is computed
again from their stored logits and labels; the notebooks then make the tables again from
these records, in a temporary folder. Numbers match if they differ by at most 1e-9 of
their size. What differs is listed by file, row, column, stored and recomputed
value. The hashes in the manifest and in the records of the runs are checked too. Runs
that are missing are named, and the tables that need them are left out; files that the
project does not commit are counted. The synthetic study stores no logits: its tables are
made again from the records of its data sets, times aside. The exit code is 0 only if everything was checked and matches.`,
  async run({ results: folder, runs }, context) {
    const { verifyProfile } = await import("./verify_profile.ts");
    const { verifyAnswer } = await import("./verify_answer.ts");
    const verified = await interruptible(
      (signal) =>
        verifyProfile({
          folder,
          runs: resolve(runs ?? runsFolder(ROOT)),
          show: progressLine(context),
          onRefused: (repository) =>
            context.log(
              "Files that are not committed count as missing: " +
                `${untrustedText(repository)}\n`,
            ),
          signal,
        }),
      (name) => new Interrupted("Interrupted: nothing was changed", name),
    );
    return verifyAnswer(verified);
  },
});
