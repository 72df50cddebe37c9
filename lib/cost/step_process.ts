/**
 * Takes two training steps on images of noise and prints the peak memory of this
 * process, in bytes. Started by `measureStepMemory()`.
 */
import { parseMessage } from "../files/read_json.ts";
import { writeText } from "../files/write_text.ts";
import { buildModel } from "../models/build.ts";
import { stream } from "../random.ts";
import { STEP_REQUEST, type StepRequest } from "./measure_step_memory.ts";
import { noiseLearner } from "./noise_learner.ts";
import { processMemory } from "./process_memory.ts";

/** Momentum is allocated in the first step but written only in the second. */
const STEPS = 2;

function takeSteps({ model: name, size, batch }: StepRequest): void {
  const model = buildModel(name, { ...size, random: stream(1, "init") });
  const learner = noiseLearner(model, batch, size);
  for (let step = 0; step < STEPS; step++) learner.step();
}

/** Peak memory on Linux; elsewhere the memory at the end. */
function peakMemory(): number {
  if (Deno.build.os !== "linux") return Deno.memoryUsage().rss;
  return processMemory(Deno.pid).peak;
}

if (import.meta.main) {
  takeSteps(parseMessage(Deno.args[0], STEP_REQUEST, "The request"));
  writeText(Deno.stdout, `${peakMemory()}\n`);
}
