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
  const state = {
    name: "",
    cells: 0,
    cell: 0,
    note: "",
    startedAt: 0,
    cellStartedAt: 0,
  };
  const label = (name: string) =>
    `[${notebooks.indexOf(name) + 1}/${notebooks.length}] ${name}`;
  const erase = columns === undefined ? "" : "\r\x1b[K";
  const draw = () => write(erase + liveLine(state, label, columns!));
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = () => {
    if (timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    write(erase);
  };
  return {
    skip: (name) => write(`${label(name)}  up to date\n`),
    begin(name) {
      const now = performance.now();
      Object.assign(state, {
        name,
        cells: 0,
        cell: 0,
        note: "",
        startedAt: now,
      });
      if (columns === undefined) write(`${label(name)}\n`);
      else timer = setInterval(draw, REDRAW_MS);
    },
    event(event) {
      follow(state, event);
      if (columns !== undefined) draw();
      else if (event.event === "cell-done") {
        write(
          `  cell ${event.cell}/${state.cells}  ${duration(event.seconds)}\n`,
        );
      }
    },
    end(seconds) {
      stop();
      write(
        `${label(state.name)}  ${state.cells} cells  ${duration(seconds)}\n`,
      );
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
