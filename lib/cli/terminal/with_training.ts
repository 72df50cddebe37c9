import type { EnsureOptions } from "../../runs/ensure.ts";
import {
  lineProgress,
  type Progress,
  terminalProgress,
} from "../../training/progress.ts";
import type { StepReport } from "../../training/step_report.ts";
import { type Context, Interrupted } from "../command.ts";
import { interruptible } from "./interruptible.ts";

/**
 * Runs work that trains and shows its progress on standard error: a bar on a
 * terminal, otherwise one line per epoch. The first SIGINT or SIGTERM lets it
 * save its checkpoint; a second one ends the program immediately.
 *
 * @param howToResume ending of the message that tells how to continue
 * @throws {Interrupted} after a signal
 */
export async function withTraining<Result>(
  { log, terminal }: Context,
  howToResume: string | (() => string),
  work: (
    options: Required<Pick<EnsureOptions, "progress" | "signal">>,
  ) => Promise<Result>,
): Promise<Result> {
  const display = terminal
    ? terminalProgress(log, () => Deno.consoleSize().columns)
    : lineProgress(log);
  const { progress, last } = recordLastStep(display);
  try {
    return await interruptible(
      (signal) => work({ progress, signal }),
      () => {
        const { epoch, step } = last() ?? { epoch: 1, step: 0 };
        const advice = typeof howToResume === "string"
          ? howToResume
          : howToResume();
        return new Interrupted(
          `Stopped at epoch ${epoch}, step ${step}; ${advice}`,
        );
      },
    );
  } catch (error) {
    if (terminal && last() !== undefined) log("\n");
    throw error;
  }
}

/** Returns the same progress with access to the step last reported. */
function recordLastStep(
  display: Progress,
): { progress: Progress; last: () => StepReport | undefined } {
  let last: StepReport | undefined;
  return {
    progress: {
      ...display,
      step(report) {
        last = report;
        display.step(report);
      },
    },
    last: () => last,
  };
}
