import { z } from "zod";
import { engineCommand } from "../files/engine_process.ts";
import { schemaOf } from "../files/record_schema.ts";
import { scratchFolder } from "../files/scratch_folder.ts";
import { MODEL_NAMES, type ModelName } from "../models/model_name.ts";
import type { NetworkOptions } from "../models/network.ts";

const SCRIPT = new URL("./step_process.ts", import.meta.url);

/** The training step whose memory is measured. */
export interface StepRequest {
  readonly model: ModelName;
  readonly size: Omit<NetworkOptions, "random">;
  /** Images per step, at least 1. */
  readonly batch: number;
}

const SIZE = z.int().min(1);

/** Schema of the argument of `step_process.ts`. */
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
 * Measures the peak resident memory, in bytes, of a process that builds a network
 * and takes two training steps with momentum: engine, weights, gradients,
 * momentum and intermediate results. A GPU's memory is not included.
 *
 * @throws {Error} if the process fails, for example because memory runs out
 */
export async function measureStepMemory(
  request: StepRequest,
): Promise<number> {
  using temporary = scratchFolder();
  const { code, signal, stdout } = await engineCommand(SCRIPT, {
    args: [JSON.stringify(request)],
    // For reading `/proc`.
    permissions: ["--allow-run=head"],
    writable: [],
    temporary: temporary.path,
    stdin: "null",
  }).output();
  if (code === 0) return Number(new TextDecoder().decode(stdout));
  throw new Error(
    `A training step of ${request.model} with batches of ${request.batch} ` +
      `ended with ${signal ?? `exit code ${code}`}`,
  );
}
