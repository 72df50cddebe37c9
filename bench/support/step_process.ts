/** Times training steps: our counterpart of `training_peer.py`. */
import { type Learner, openLearner } from "./learner.ts";
import { serve } from "./serve.ts";
import { STEP_TASK } from "./tasks.ts";

const WARM_UP = 3;
const learners = new Map<string, Learner>();

await serve(STEP_TASK, ({ network, seconds, ...size }) => {
  let learner = learners.get(network);
  if (learner === undefined) {
    learner = openLearner(network, size);
    learners.set(network, learner);
    for (let i = 0; i < WARM_UP; i++) learner.step();
  }
  learner.step();
  return { parameters: learner.parameters, times: timed(learner, seconds) };
});

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
