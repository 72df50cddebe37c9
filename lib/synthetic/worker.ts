/**
 * A process that computes data sets of the synthetic study one after another:
 * each line on its standard input is a task, each line on its standard output
 * the answer to one. It uses one thread, so that each worker takes one core and
 * the results do not depend on the number of workers.
 */
import { parseMessage } from "../files/read_json.ts";
import { textLines } from "../files/text_lines.ts";
import { writeText } from "../files/write_text.ts";
import { useThreads } from "../runs/threads.ts";
import { type Answer, type Done, TASK, type Task } from "./messages.ts";
import type { SyntheticSpec } from "./spec.ts";

if (import.meta.main) {
  useThreads(1);
  const { runExperiment } = await import("./run_experiment.ts");
  for await (const line of textLines(Deno.stdin.readable)) {
    const answer = answerTo(
      parseMessage(line, TASK, "A task of the synthetic study"),
      runExperiment,
    );
    // One line per answer, as the other side expects.
    writeText(Deno.stdout, JSON.stringify(answer) + "\n");
  }
}

function answerTo(
  { spec, dataset }: Task,
  run: (spec: SyntheticSpec, dataset: number) => Done["result"],
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
