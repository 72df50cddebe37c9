import { BadInput } from "../../../bad_input.ts";
import { foreignEntry, removeRun } from "../../../runs/folder.ts";
import type { Answer, Context } from "../../command.ts";
import { flagName } from "../../flags/flag_name.ts";
import type { RunsValues } from "./runs_flags.ts";
import { listText, runRecord } from "./runs_answer.ts";
import { FILTERS, type RunSelection } from "./select_runs.ts";

const IN_TRAINING = "it is being trained: stop that first";

/**
 * Removes the selected runs after a confirmation.
 *
 * @throws {BadInput} if nothing selects runs, if one is being trained, is needed by a run
 * that stays or has other files, or if nobody can confirm; then nothing is removed, unless
 * a training began while this was asked
 */
export async function removeRuns(
  selection: RunSelection,
  values: RunsValues,
  { log, terminal }: Context,
): Promise<Answer> {
  checkFilters(values);
  const { selected, needed } = selection;
  await checkRemovable(selection, values.force);
  const records = selected.map((entry) => runRecord(entry, needed));
  const list = listText(records);
  if (selected.length > 0 && !values.yes) {
    if (!terminal || !Deno.stdin.isTerminal()) {
      throw new BadInput(
        `Cannot ask before removing ${selected.length} runs as there is no ` +
          "terminal: add --yes",
      );
    }
    log(list);
    if (!asked(log)) return { json: { runs: [] }, text: "Nothing removed\n" };
  }
  for (const { name, folder } of selected) {
    if (await removeRun(folder)) continue;
    // Its training has begun since the runs were listed.
    throw new BadInput(`Cannot remove ${name} as ${IN_TRAINING}`);
  }
  return { json: { runs: records }, text: `Removed:\n${list}` };
}

function checkFilters(values: RunsValues): void {
  if (FILTERS.some((key) => values[key] !== undefined)) return;
  throw new BadInput(
    `ils runs remove needs RUN or a filter: ${
      FILTERS.slice(1).map(flagName).join(", ")
    }`,
  );
}

/** Throws if a run must stay. */
async function checkRemovable(
  { selected, needed }: RunSelection,
  force: boolean,
): Promise<void> {
  for (const { name, folder, state } of selected) {
    const foreign = await foreignEntry(folder);
    const reason = state === "training"
      ? IN_TRAINING
      : foreign && `it contains ${foreign}, which is not part of a run`;
    if (reason) throw new BadInput(`Cannot remove ${name} as ${reason}`);
  }
  if (force) return;
  const going = new Set(selected.map(({ name }) => name));
  for (const { name } of selected) {
    const staying = (needed.get(name) ?? []).filter((by) => !going.has(by));
    if (staying.length === 0) continue;
    const others = staying.length === 1
      ? ""
      : ` and ${staying.length - 1} more`;
    throw new BadInput(
      `Cannot remove ${name} as ${staying[0]}${others} ` +
        `${staying.length === 1 ? "needs" : "need"} it: name them too, or ` +
        "add --force",
    );
  }
}

/** Asks on the terminal; anything but y or yes means no. */
function asked(log: Context["log"]): boolean {
  log("Remove these runs? [y/N] ");
  const buffer = new Uint8Array(64);
  const read = Deno.stdin.readSync(buffer) ?? 0;
  const answer = new TextDecoder().decode(buffer.subarray(0, read));
  return /^y(es)?$/i.test(answer.trim());
}
