import { z } from "zod";
import { schemaOf } from "../files/record_schema.ts";
import { MODEL_NAMES, type ModelName } from "../models/model_name.ts";
import type { NetworkOptions } from "../models/network.ts";

/** What the engine needs, and to read what Linux says of the process. */
const PERMISSIONS = [
  "--no-prompt",
  "--allow-read",
  "--allow-env=TF_*",
  "--ignore-env",
  "--allow-ffi",
  "--allow-run=cat",
];

/** A step of training that somebody wants to know the memory of. */
export interface StepRequest {
  readonly model: ModelName;
  readonly size: Omit<NetworkOptions, "random">;
  /** Images a step, at least 1. */
  readonly batch: number;
}

const SIZE = z.int().min(1);

/** Schema of the request that `step_process.ts` gets as its argument. */
export const STEP_REQUEST: z.ZodType<StepRequest> = schemaOf<StepRequest>()(
  z.strictObject({
    model: z.enum(MODEL_NAMES),
    size: z.strictObject({
      height: SIZE,
      width: SIZE,
      channels: SIZE,
      classes: SIZE,
    }),
    batch: SIZE,
  }),
);

/**
 * The most resident memory of a process that builds a network and takes two
 * steps of training with momentum, in bytes: the engine itself, weights,
 * gradients, momentum and all that a step holds. A GPU's own memory is not in
 * it.
 *
 * @throws {Error} if the process failed, such as for want of memory
 */
export async function measureStepMemory(
  question: StepRequest,
): Promise<number> {
  const path = new URL("./step_process.ts", import.meta.url).href;
  const { code, signal, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", ...PERMISSIONS, "--quiet", path, JSON.stringify(question)],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).output();
  if (code === 0) return Number(new TextDecoder().decode(stdout));
  throw new Error(
    `A step of ${question.model} with batches of ${question.batch} ended ` +
      `with ${signal ?? `exit code ${code}`}`,
  );
}
