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
 * Does work that trains, its progress told on standard error: a bar where that
 * is a terminal, else a line an epoch. The first SIGINT or SIGTERM lets it
 * save its checkpoint; a second one ends the program at once.
 *
 * @param howToResume what the user does to go on, for the message
 * @throws {Interrupted} if a signal came
 */
export async function withTraining<Result>(
  { say, terminal }: Context,
  howToResume: string | (() => string),
  work: (
    options: Required<Pick<EnsureOptions, "progress" | "signal">>,
  ) => Promise<Result>,
): Promise<Result> {
  const told = terminal
    ? terminalProgress(say, () => Deno.consoleSize().columns)
    : lineProgress(say);
  const { progress, last } = remembering(told);
  try {
    return await interruptible(
      (signal) => work({ progress, signal }),
      () => {
        const { epoch, step } = last() ?? { epoch: 1, step: 0 };
        const then = typeof howToResume === "string"
          ? howToResume
          : howToResume();
        return new Interrupted(
          `Stopped at epoch ${epoch}, step ${step}; ${then}`,
        );
      },
    );
  } catch (error) {
    if (terminal && last() !== undefined) say("\n");
    throw error;
  }
}

/** The same progress, and the step it was told of last. */
function remembering(
  told: Progress,
): { progress: Progress; last: () => StepReport | undefined } {
  let last: StepReport | undefined;
  return {
    progress: {
      ...told,
      step(report) {
        last = report;
        told.step(report);
      },
    },
    last: () => last,
  };
}
