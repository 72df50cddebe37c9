/**
 * Trains a network for two steps on images of noise and prints the most memory
 * that this process ever held, in bytes. `measureStepMemory` starts it.
 */
import { tf } from "../engine.ts";
import { buildModel } from "../models/build.ts";
import { stream } from "../random.ts";
import { crossEntropyLoss } from "./cross_entropy.ts";
import type { StepQuestion } from "./measure_step_memory.ts";
import { sgd } from "./optimizer.ts";
import { trainStep } from "./train_step.ts";

/** The momentum is there from the first step on, but written in the second. */
const STEPS = 2;

function takeSteps({ model: name, size, batch }: StepQuestion): void {
  const { height, width, channels, classes } = size;
  const model = buildModel(name, { ...size, random: stream(1, "init") });
  const random = stream(1, "images");
  const pixels = Float32Array.from(
    { length: batch * height * width * channels },
    () => random.normal(),
  );
  const images = tf.tensor4d(pixels, [batch, height, width, channels]);
  const rows = tf.range(0, batch, 1, "int32");
  const targets = tf.fill<tf.Rank.R2>([batch, classes], 1 / classes);
  const variables = model.trainableWeights
    .map((weight) => weight.read() as tf.Variable);
  const learner = {
    model,
    variables,
    optimizer: sgd(variables, { momentum: 0.9, weightDecay: 1e-4 }),
    loss: crossEntropyLoss(targets),
  };
  for (let step = 0; step < STEPS; step++) {
    trainStep(learner, { images, rows, learningRate: 1e-3 });
  }
}

/** Linux keeps account; elsewhere what is held at the end has to do. */
function mostMemoryHeld(): number {
  if (Deno.build.os !== "linux") return Deno.memoryUsage().rss;
  const status = Deno.readTextFileSync("/proc/self/status");
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)![1]) * 1024;
}

if (import.meta.main) {
  takeSteps(JSON.parse(Deno.args[0]) as StepQuestion);
  const bytes = new TextEncoder().encode(`${mostMemoryHeld()}\n`);
  Deno.stdout.writeSync(bytes);
}
