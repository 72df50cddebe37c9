import { duration } from "../duration.ts";
import { mean } from "../statistics/summary.ts";
import {
  describeEpoch,
  describeStep,
  type Progress,
  shareBar,
} from "../training/progress.ts";
import type { StepReport } from "../training/step_report.ts";
import { reasonOf } from "./reason_of.ts";

/** How a training ended; `left` to another process, or for later. */
export type RunEnd =
  | { readonly state: "done" | "left" }
  | { readonly state: "failed"; readonly error: unknown };

/** The display of one of several trainings. */
export interface RunProgress extends Progress {
  /** Shows how the training ended. */
  close(end: RunEnd): void;
}

/** One display of several trainings at once. */
export interface RunsDisplay {
  /**
   * Starts the display of a number of runs.
   *
   * @param secondsEach estimated time of each, for the time left before the
   * first has ended
   */
  begin(total: number, jobs: number, secondsEach?: number): void;
  /** Returns the display of a run. */
  readonly open: (id: string) => RunProgress;
  /** Ends the display after the last training. */
  end(): void;
}

/** Where a display of several trainings is shown. */
export interface Screen {
  /** Prints a line that stays: the end of a run, its failure, a remark or an epoch. */
  print(kind: "epoch" | "remark" | "end" | "failure", line: string): void;
  /**
   * Redraws the lines about running trainings. Each is given in parts, the last
   * of which is the time left. The last line is about all trainings.
   */
  draw(lines: readonly (readonly string[])[]): void;
  /** Removes these lines. */
  finish(): void;
}

/** A training that is running. */
interface Running {
  title: string;
  report: StepReport | undefined;
  startedAt: number;
}

/** Returns a display of several trainings on a screen. */
export function runsDisplay(screen: Screen): RunsDisplay {
  let state = new Trainings(0, 1, NaN);
  const draw = () => screen.draw(state.lines());
  return {
    begin(total, jobs, secondsEach = NaN) {
      state = new Trainings(total, jobs, secondsEach);
    },
    open: (id) => openRun(id, state, { screen, draw }),
    end: () => screen.finish(),
  };
}

function openRun(
  id: string,
  state: Trainings,
  { screen, draw }: { readonly screen: Screen; readonly draw: () => void },
): RunProgress {
  const run: Running = {
    title: id,
    report: undefined,
    startedAt: performance.now(),
  };
  let settled = false;
  const settle = (counted: boolean) => {
    state.end(run, counted && !settled);
    settled ||= counted;
  };
  return {
    begin(title) {
      state.begin(run, title);
      draw();
    },
    step(report) {
      state.step(run, report);
      draw();
    },
    epoch: (record) =>
      screen.print("epoch", `${run.title}  ${describeEpoch(record)}`),
    remark: (text) => screen.print("remark", `${run.title}  ${text}`),
    end(summary) {
      settle(true);
      screen.print("end", `${state.position()}${run.title}  ${summary}`);
      draw();
    },
    close(end) {
      settle(end.state !== "left");
      if (end.state === "failed") {
        screen.print("failure", `${run.title} failed: ${reasonOf(end.error)}`);
      }
      draw();
    },
  };
}

/** The state of several trainings. */
class Trainings {
  readonly #running = new Set<Running>();
  readonly #seconds: number[] = [];
  #ended = 0;

  constructor(
    readonly total: number,
    readonly jobs: number,
    readonly secondsEach: number,
  ) {}

  begin(run: Running, title: string): void {
    Object.assign(run, { title, startedAt: performance.now() });
    this.#running.add(run);
  }

  step(run: Running, report: StepReport): void {
    run.report = report;
    this.#running.add(run);
  }

  end(run: Running, counted: boolean): void {
    this.#running.delete(run);
    if (!counted) return;
    this.#ended++;
    if (run.report !== undefined) this.#seconds.push(secondsSince(run));
  }

  /** The position after a run has ended: `[3 of 9, 2 min 10 s left]`. */
  position(): string {
    if (this.total <= 1) return "";
    const left = this.#timeLeft();
    const time = left === "" || this.#ended >= this.total ? "" : `, ${left}`;
    return `[${this.#ended} of ${this.total}${time}] `;
  }

  /** A line for each run and one for all, in parts. */
  lines(): string[][] {
    const runs = [...this.#running].map((run) => lineOf(run, this.total <= 1));
    if (this.total <= 1) return runs;
    const all = [
      `${this.#ended} of ${this.total} runs`,
      shareBar(this.#share()),
      this.#timeLeft(),
    ];
    return [...runs, all.filter((part) => part !== "")];
  }

  #share(): number {
    const begun = [...this.#running].reduce(
      (sum, { report }) => sum + (report ? shareOf(report) : 0),
      0,
    );
    return Math.min(1, (this.#ended + begun) / this.total);
  }

  /** `2 min 10 s left`; empty if unknown. */
  #timeLeft(): string {
    const each = this.#secondsEach();
    const running = [...this.#running].map(({ report }) =>
      report?.secondsLeft ?? each
    );
    const waiting = Math.max(0, this.total - this.#ended - running.length);
    const work = running.reduce((sum, left) => sum + left, waiting * each);
    const parallel = Math.min(this.jobs, waiting + running.length);
    const seconds = Math.max(work / Math.max(1, parallel), ...running);
    return Number.isFinite(seconds) ? `${duration(seconds)} left` : "";
  }

  /** Expected seconds of a run: of the ended ones, else of the running ones. */
  #secondsEach(): number {
    if (this.#seconds.length > 0) return mean(this.#seconds);
    const expected = [...this.#running].flatMap((run) =>
      run.report ? [secondsSince(run) + run.report.secondsLeft] : []
    );
    return expected.length > 0 ? mean(expected) : this.secondsEach;
  }
}

function lineOf({ title, report }: Running, alone: boolean): string[] {
  if (report === undefined) return [title];
  const parts = describeStep(report).split("  ");
  // If there are several, only the line about all has a bar.
  return [title, ...alone ? parts : parts.slice(1)];
}

function shareOf({ epoch, epochs, step, steps }: StepReport): number {
  return (epoch - 1 + step / steps) / epochs;
}

function secondsSince({ startedAt }: Running): number {
  return (performance.now() - startedAt) / 1000;
}
