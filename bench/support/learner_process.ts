/**
 * Times training steps: our counterpart of `training_peer.py`, with the same
 * questions and answers. The first line of output is TensorFlow's version.
 */
import { engineInfo } from "../../lib/engine/engine.ts";
import { parseMessage } from "../../lib/files/read_json.ts";
import { TextLineStream } from "../../lib/files/text_lines.ts";
import { type Learner, openLearner } from "./learner.ts";
import { STEP_TASK, type StepTask } from "./training_programs.ts";

const WARM_UP = 3;
const learners = new Map<string, Learner>();

function answer(task: StepTask) {
  const { network, seconds } = task;
  const known = learners.get(network);
  const learner = known ?? openLearner(network, task);
  learners.set(network, learner);
  for (let i = 0; i < (known ? 1 : WARM_UP + 1); i++) learner.step();
  return { parameters: learner.parameters, times: timed(learner, seconds) };
}

function timed({ step }: Learner, seconds: number): number[] {
  const times: number[] = [];
  const end = performance.now() + 1000 * seconds;
  while (seconds > 0 && (times.length < 3 || performance.now() < end)) {
    const start = performance.now();
    step();
    times.push(performance.now() - start);
  }
  return times;
}

function say(value: unknown) {
  const line = new TextEncoder().encode(JSON.stringify(value) + "\n");
  Deno.stdout.writeSync(line);
}

say(engineInfo().tensorflow);
const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream())
  .pipeThrough(new TextLineStream());
for await (const line of lines) {
  say(answer(parseMessage(line, STEP_TASK, "The benchmark")));
}
