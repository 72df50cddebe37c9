import type { Estimate } from "../../../cost/estimate.ts";
import { runId } from "../../../runs/spec.ts";
import { methodOfRun, type TunePlan } from "../../../tune/plan.ts";
import type { RunState } from "../../../tune/run_states.ts";
import type { Answer } from "../../command.ts";
import type { TrainValues } from "../../flags/train_flags.ts";
import { tuneCommands } from "./tune_commands.ts";
import type { TuneRunInput } from "./tune_flags.ts";

/** The answer of `ils tune --dry-run`: the state of each run, and the total cost. */
export function dryAnswer(
  { runs }: TunePlan,
  states: readonly RunState[],
  { seconds, secondsFrom, bytes }: Estimate,
): Answer {
  const rows = runs.map(({ id, spec, candidate }, i) => ({
    id,
    ...methodOfRun(spec),
    seed: spec.seed,
    candidate,
    state: states[i],
  }));
  const finished = states.filter((state) => state === "finished").length;
  return {
    json: { runs: rows, finished, seconds, secondsFrom, bytes },
    text: rows.map(({ id, state }) => `${id} ${state}\n`).join(""),
  };
}

/** The answer of `ils tune --dry-run --commands`: a command line per run. */
export async function commandsAnswer(
  plan: TunePlan,
  inputs: readonly TuneRunInput[],
): Promise<Answer> {
  const { DATA_MEASURE } = await import("../../../cost/measure_data.ts");
  const { classes: numClasses } = await DATA_MEASURE.sizes(inputs[0].spec);
  const known = new Map<string, TrainValues>();
  for (const { values, spec } of inputs) {
    known.set(runId(spec), { ...values, numClasses });
  }
  const commands = tuneCommands(plan, known);
  return {
    json: { commands },
    text: commands.map((line) => `${line}\n`).join(""),
  };
}
