import { command } from "../../command.ts";
import { runsFlags } from "./runs_flags.ts";

/** `ils runs`: lists, shows and removes stored runs. */
export const runs = command({
  flags: runsFlags,
  first: "action",
  rest: "run",
  examples: [
    "runs",
    "runs list --dataset excerpt --method ils --json",
    "runs show RUN",
    "runs remove RUN",
    "runs remove --state interrupted --older-than 30d --yes",
  ],
  notes:
    `Filters combine: a run must match all of them. --dataset, --model, --method
and --seed match finished runs only, as the others do not store their settings. remove
needs RUN or a filter, lists what it removes, and asks; without a terminal it needs
--yes. A run that is being trained is never removed, and a run that another stored run
needs, as its teacher or for its label noise, only together with it or with --force.
With --json, list and remove print runs: id, folder, state, dataset, model, method,
seed, accuracy, logLoss (test set), startedAt, bytes and neededBy; show prints the
record of each run as well.`,
  async run(values, context) {
    const { selectRuns } = await import("./select_runs.ts");
    const { listAnswer, showAnswer } = await import("./runs_answer.ts");
    const selection = await selectRuns(values);
    switch (values.action) {
      case "list":
        return listAnswer(selection);
      case "show":
        return showAnswer(selection);
      case "remove": {
        const { removeRuns } = await import("./remove_runs.ts");
        return await removeRuns(selection, values, context);
      }
    }
  },
});
