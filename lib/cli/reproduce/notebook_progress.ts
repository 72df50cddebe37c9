import { duration } from "../../duration.ts";
import type { ReproduceProgress } from "../../reproduce/reproduce.ts";
import type { NotebookEvent } from "../../reproduce/run_notebook.ts";

/** Options of `notebookProgress()`. */
export interface ProgressOutput {
  /** Writes text, unchanged. */
  readonly write: (text: string) => void;
  /** Width of the terminal; undefined for a log with one line per cell. */
  readonly columns?: number | undefined;
  /** Names of all notebooks, in order, for "[3/7]". */
  readonly notebooks: readonly string[];
}

const REDRAW_MS = 500;

/** Shows which notebook and cell is running, and for how long. */
export function notebookProgress(
  { write, columns, notebooks }: ProgressOutput,
): ReproduceProgress & { stop(): void } {
  const label = (name: string) =>
    `[${notebooks.indexOf(name) + 1}/${notebooks.length}] ${name}`;
  const output = { write, label };
  return {
    skip: (name) => write(`${label(name)}  up to date\n`),
    ...(columns === undefined ? cellLog(output) : liveStatus(output, columns)),
  };
}

interface Output {
  readonly write: (text: string) => void;
  /** The name of a notebook, with its number. */
  readonly label: (name: string) => string;
}

type RunningProgress = Omit<ReproduceProgress, "skip"> & { stop(): void };

/** A log with one line per finished cell. */
function cellLog({ write, label }: Output): RunningProgress {
  const state = initialState();
  return {
    begin(name, why) {
      begin(state, name);
      write(`${label(name)}${reason(why)}\n`);
    },
    event(event) {
      follow(state, event);
      if (event.event !== "cell-done") return;
      write(
        `  cell ${event.cell}/${state.cells}  ${duration(event.seconds)}\n`,
      );
    },
    end: (seconds) => write(summaryLine(state, label, seconds)),
    stop() {},
  };
}

/** One line of a terminal, redrawn while a notebook is running. */
function liveStatus(
  { write, label }: Output,
  columns: number,
): RunningProgress {
  const state = initialState();
  const erase = "\r\x1b[K";
  const draw = () => write(erase + liveLine(state, label, columns));
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = () => {
    if (timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    write(erase);
  };
  return {
    begin(name, why) {
      begin(state, name);
      if (why !== undefined) write(`${label(name)}${reason(why)}\n`);
      timer = setInterval(draw, REDRAW_MS);
    },
    event(event) {
      follow(state, event);
      draw();
    },
    end(seconds) {
      stop();
      write(summaryLine(state, label, seconds));
    },
    stop,
  };
}

interface State {
  name: string;
  /** Number of code cells. */
  cells: number;
  /** Number of the running cell, from 1; 0 before the first. */
  cell: number;
  /** Latest output of the cell. */
  note: string;
  /** Start of the notebook in milliseconds, as by `performance.now()`. */
  startedAt: number;
  cellStartedAt: number;
}

function initialState(): State {
  return {
    name: "",
    cells: 0,
    cell: 0,
    note: "",
    startedAt: 0,
    cellStartedAt: 0,
  };
}

function begin(state: State, name: string) {
  const startedAt = performance.now();
  Object.assign(state, { name, cells: 0, cell: 0, note: "", startedAt });
}

function follow(state: State, event: NotebookEvent) {
  if (event.event === "start") state.cells = event.cells;
  if (event.event === "note") state.note = event.text;
  if (event.event === "cell") {
    Object.assign(state, {
      cell: event.cell,
      note: event.line,
      cellStartedAt: performance.now(),
    });
  }
}

function reason(why: string | undefined): string {
  return why === undefined ? "" : `  again, because ${why}`;
}

function summaryLine(
  { name, cells }: State,
  label: (name: string) => string,
  seconds: number,
): string {
  return `${label(name)}  ${cells} cells  ${duration(seconds)}\n`;
}

/**
 * Returns a line of at most `columns - 1` characters about what is running; the
 * least informative parts are cut first.
 */
function liveLine(
  state: State,
  label: (name: string) => string,
  columns: number,
): string {
  const now = performance.now();
  const name = label(state.name);
  const total = duration((now - state.startedAt) / 1000);
  if (state.cell === 0) return cut(`${name}  ${total}  starting`, columns);
  const cell = `cell ${state.cell}/${state.cells}`;
  const inCell = duration((now - state.cellStartedAt) / 1000);
  const position = name.split(" ")[0];
  return fitLine(
    [`${name}  ${total}  ${cell} ${inCell}`, `${position} ${cell}  ${total}`],
    state.note,
    columns,
  );
}

/**
 * Returns a head and the note. If they do not fit, the short head is used, and
 * then the first parts of the note are dropped, as the last part of a training's
 * note is the time left. Parts are separated by two spaces.
 */
function fitLine(
  [long, short]: readonly [string, string],
  note: string,
  columns: number,
): string {
  const fits = (line: string) => [...line].length < columns;
  if (fits(`${long}  ${note}`)) return `${long}  ${note}`;
  const parts = note.split("  ");
  while (parts.length > 1 && !fits([short, ...parts].join("  "))) parts.shift();
  return cut([short, ...parts].join("  "), columns);
}

function cut(line: string, columns: number): string {
  const characters = [...line];
  return characters.length < columns
    ? line
    : characters.slice(0, columns - 2).join("") + "…";
}
