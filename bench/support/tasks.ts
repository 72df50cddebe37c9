/** The questions that our programs and PyTorch's answer. */
import { z } from "zod";
import { NETWORK_NAMES } from "./networks.ts";

const WHOLE = z.int().min(1);

const NETWORK = z.strictObject({
  network: z.enum(NETWORK_NAMES),
  batch: WHOLE,
  /** Height, width and channels. */
  shape: z.tuple([WHOLE, WHOLE, WHOLE]).readonly(),
});

/** Schema of the questions of `step_process.ts`. */
export const STEP_TASK = NETWORK.extend({
  /** Steps are timed for this long; 0 only builds the network and takes one. */
  seconds: z.number().min(0),
});

export type StepTask = z.output<typeof STEP_TASK>;

/** Number of trainable weights. */
const parameters = WHOLE;

/** Schema of the answer. */
export const STEP_ANSWER = z.object({
  parameters,
  /** Milliseconds of each timed step. */
  times: z.array(z.number()),
});

/** Schema of the questions of `epoch_process.ts`. */
export const EPOCH_TASK = NETWORK.extend({
  /** Number of training images. */
  images: WHOLE,
  /** Whether to crop and flip them. */
  augment: z.boolean(),
  /** Number of epochs; 0 only builds the network. */
  epochs: z.int().min(0),
});

export type EpochTask = z.output<typeof EPOCH_TASK>;

/** Schema of the answer. */
export const EPOCH_ANSWER = z.object({
  parameters,
  /** Images per second of the last epoch; null without one. */
  rate: z.number().nullable(),
  /**
   * Share of the last epoch that our program spends outside of graphs; null without
   * an epoch, absent for PyTorch.
   */
  outside: z.number().nullable().optional(),
});
