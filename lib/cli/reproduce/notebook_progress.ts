import { duration } from "../../duration.ts";
import type { ReproduceProgress } from "../../reproduce/reproduce.ts";
import type { NotebookEvent } from "../../reproduce/run_notebook.ts";

/** Where progress is written, and how. */
export interface ProgressOutput {
  readonly write: (text: string) => void;
  /** Width of the terminal; without one, a line a cell is written. */
  readonly columns?: number | undefined;
  /** Names of all notebooks, for "3 of 7". */
  readonly notebooks: readonly string[];
}

const REDRAW_MS = 500;

/** Tells which notebook and cell is running, and for how long. */
export function notebookProgress(
  { write, columns, notebooks }: ProgressOutput,
): ReproduceProgress & { stop(): void } {
  const state = {
    name: "",
    cells: 0,
    cell: 0,
    note: "",
    began: 0,
    cellBegan: 0,
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
      Object.assign(state, { name, cells: 0, cell: 0, note: "", began: now });
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
  /** Code cells of the notebook. */
  cells: number;
  /** The one that runs, counted from 1. */
  cell: number;
  /** What it has shown last. */
  note: string;
  began: number;
  cellBegan: number;
}

function follow(state: State, event: NotebookEvent) {
  if (event.event === "start") state.cells = event.cells;
  if (event.event === "note") state.note = event.text;
  if (event.event === "cell") {
    Object.assign(state, {
      cell: event.cell,
      note: event.line,
      cellBegan: performance.now(),
    });
  }
}

/** What is running in at most `columns - 1` characters, the most telling kept. */
function liveLine(
  state: State,
  label: (name: string) => string,
  columns: number,
): string {
  const now = performance.now();
  const name = label(state.name);
  const whole = duration((now - state.began) / 1000);
  if (state.cell === 0) return cut(`${name}  ${whole}  starting`, columns);
  const cell = `cell ${state.cell}/${state.cells}`;
  const inCell = duration((now - state.cellBegan) / 1000);
  const place = name.split(" ")[0];
  return fitted(
    [`${name}  ${whole}  ${cell} ${inCell}`, `${place} ${cell}  ${whole}`],
    state.note,
    columns,
  );
}

/**
 * A head and the note: the shorter head where the long one leaves no room, and
 * then without the first parts of the note, as a training's last is the time
 * left. Two spaces part a note.
 */
function fitted(
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
