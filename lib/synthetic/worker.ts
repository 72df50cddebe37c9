/**
 * A process that does data sets of the synthetic study, one after the other:
 * each line on its standard input is a task, each on its standard output the
 * answer to one. It computes on one thread, so that it takes a core and gives
 * the same bytes however many of it there are.
 */
import { z } from "zod";
import { parseMessage } from "../files/read_json.ts";
import { schemaOf } from "../files/record_schema.ts";
import { TextLineStream } from "../files/text_lines.ts";
import type { SyntheticSpec } from "./spec.ts";

/** One data set to be done. */
export interface Task {
  /** As `syntheticSpec()` gives it. */
  readonly spec: SyntheticSpec;
  readonly dataset: number;
}

/** Schema of a task; its spec is one that the sender has checked. */
const TASK = schemaOf<Task>()(z.strictObject({
  spec: z.custom<SyntheticSpec>(
    (spec) => typeof spec === "object" && spec !== null,
    "must be an object",
  ),
  dataset: z.int().min(0),
}));

/** What came of it: the result, or what went wrong. */
export type Answer =
  | {
    readonly dataset: number;
    readonly seconds: number;
    readonly result: unknown;
  }
  | { readonly dataset: number; readonly error: string };

if (import.meta.main) {
  for (const name of ["TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"]) {
    Deno.env.set(name, "1");
  }
  const { runExperiment } = await import("./run_experiment.ts");
  const lines = Deno.stdin.readable
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream());
  for await (const line of lines) {
    const answer = answerTo(
      parseMessage(line, TASK, "A task of the synthetic study"),
      runExperiment,
    );
    // On the line of its own that the other side reads.
    const bytes = new TextEncoder().encode(JSON.stringify(answer) + "\n");
    for (let at = 0; at < bytes.length;) {
      at += Deno.stdout.writeSync(bytes.subarray(at));
    }
  }
}

function answerTo(
  { spec, dataset }: Task,
  run: (spec: SyntheticSpec, dataset: number) => unknown,
): Answer {
  try {
    const start = performance.now();
    const result = run(spec, dataset);
    const seconds = (performance.now() - start) / 1000;
    return { dataset, seconds, result };
  } catch (error) {
    return {
      dataset,
      error: String(error instanceof Error ? error.message : error),
    };
  }
}
