/** Time of oneDNN's primitives within training steps, from its verbose output. */

import { parseMessage } from "../../lib/files/read_json.ts";
import { STEP_ANSWER } from "./tasks.ts";

/** Mean times per step in milliseconds. */
export interface StepProfile {
  readonly step: number;
  /** Time of each kind of primitive, such as `convolution`. */
  readonly primitives: ReadonlyMap<string, number>;
}

/**
 * Reads the standard output of `step_process.ts` that ran with
 * `ONEDNN_VERBOSE=profile_exec` and answered two questions: one that builds the
 * network, and one for timed steps, before which the process takes one more.
 *
 * @throws {Error} if there are no two answers
 */
export function parseProfile(text: string): StepProfile {
  const lines = text.split("\n");
  const answers = lines.flatMap((line, i) => line.startsWith("{") ? [i] : []);
  if (answers.length !== 2) throw new Error("The process did not answer twice");
  const [built, done] = answers;
  const { times } = parseMessage(lines[done], STEP_ANSWER, "The process");
  const steps = times.length + 1;
  const primitives = new Map<string, number>();
  for (const line of lines.slice(built + 1, done)) {
    const [kind, time] = primitiveOf(line);
    if (kind === undefined) continue;
    primitives.set(kind, (primitives.get(kind) ?? 0) + time / steps);
  }
  const total = times.reduce((sum, time) => sum + time, 0);
  return { step: total / times.length, primitives };
}

/** Kind and milliseconds of a line about an executed primitive. */
function primitiveOf(line: string): [string | undefined, number] {
  const fields = line.split(",");
  const [sender, , what, event, , kind] = fields;
  const executed = sender === "onednn_verbose" && what === "primitive" &&
    event === "exec";
  return executed ? [kind, Number(fields.at(-1))] : [undefined, 0];
}
