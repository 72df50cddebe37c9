import { type RunsDisplay, runsDisplay } from "../../runs/runs_display.ts";
import { logScreen, terminalScreen } from "../../runs/screens.ts";
import type { StepReport } from "../../training/step_report.ts";
import { type Context, Interrupted } from "../command.ts";
import { interruptible } from "./interruptible.ts";
import { terminalSize } from "./terminal_size.ts";

/** Options of functions that train. */
interface TrainingOptions {
  readonly display: RunsDisplay;
  readonly signal: AbortSignal;
}

/**
 * Runs work that trains and shows its progress on standard error: lines that
 * are redrawn on a terminal, otherwise one line per epoch and run. The first
 * SIGINT, SIGTERM or SIGHUP lets it save its checkpoints; a second SIGINT or
 * SIGTERM ends the program immediately.
 *
 * @param howToResume ending of the message after a signal: how to continue
 * @throws {Interrupted} after a signal
 */
export async function withTraining<Result>(
  { log, terminal }: Context,
  howToResume: string,
  work: (options: TrainingOptions) => Promise<Result>,
): Promise<Result> {
  const screen = terminal ? terminalScreen(log, terminalSize) : logScreen(log);
  const { display, place } = watched(runsDisplay(screen));
  try {
    return await interruptible(
      (signal) => work({ display, signal }),
      (name) => new Interrupted(`Stopped ${place()}; ${howToResume}`, name),
    );
  } finally {
    display.end();
  }
}

/** Returns the same display, and a function that describes its progress. */
function watched(
  inner: RunsDisplay,
): { display: RunsDisplay; place: () => string } {
  let total = 0;
  let ended = 0;
  let last: Pick<StepReport, "epoch" | "step"> = { epoch: 1, step: 0 };
  const display: RunsDisplay = {
    ...inner,
    begin(runs, ...rest) {
      total = runs;
      inner.begin(runs, ...rest);
    },
    open(id) {
      const run = inner.open(id);
      return {
        ...run,
        step(report) {
          last = report;
          run.step(report);
        },
        close(end) {
          if (end.state !== "left") ended++;
          run.close(end);
        },
      };
    },
  };
  const place = () =>
    total > 1
      ? `with ${ended} of ${total} runs done`
      : `at epoch ${last.epoch}, step ${last.step}`;
  return { display, place };
}
