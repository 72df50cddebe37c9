import { atMostEvery } from "../training/progress.ts";
import type { Screen } from "./runs_display.ts";

const TERMINAL_MS = 100;
const DISPLAY_MS = 500;

/**
 * A terminal: lines about what is running are redrawn below those about what
 * has ended.
 *
 * @param write writes text to the terminal
 * @param size current size of the terminal
 */
export function terminalScreen(
  write: (text: string) => void,
  size: () => { readonly columns: number; readonly rows: number },
): Screen {
  let drawn: string[] = [];
  const erase = () => {
    const up = drawn.length > 1 ? `\x1b[${drawn.length - 1}A` : "";
    return drawn.length === 0 ? "" : `${up}\r\x1b[J`;
  };
  const redraw = (lines: readonly (readonly string[])[]) => {
    const { columns, rows } = size();
    const before = erase();
    drawn = fitted(lines, rows).map((parts) => fittedLine(parts, columns));
    write(before + drawn.join("\n"));
  };
  const redrawSometimes = atMostEvery(TERMINAL_MS, redraw);
  return {
    print(kind, line) {
      if (kind === "epoch") return;
      write(`${erase()}${line}\n${drawn.join("\n")}`);
    },
    draw: (lines) =>
      lines.length === 0 ? redraw(lines) : redrawSometimes(lines),
  };
}

/** A log: a line for each epoch, and for each run that has ended. */
export function logScreen(write: (text: string) => void): Screen {
  return {
    print: (_, line) => write(`${line}\n`),
    draw: () => {},
  };
}

/**
 * A notebook's cell: a text that is updated in place. At the end it shows the
 * last run's summary.
 *
 * @param show replaces the text
 */
export function cellScreen(show: (text: string) => void): Screen {
  const failures: string[] = [];
  let last = "";
  const redraw = (lines: readonly (readonly string[])[]) => {
    const running = lines.map((parts) => parts.join("  "));
    const text = [...failures, ...running.length > 0 ? running : [last]];
    if (text.join("") !== "") show(text.join("\n"));
  };
  const redrawSometimes = atMostEvery(DISPLAY_MS, redraw);
  return {
    print(kind, line) {
      if (kind === "failure") failures.push(line);
      if (kind === "end") last = line;
    },
    draw: (lines) =>
      lines.length === 0 ? redraw(lines) : redrawSometimes(lines),
  };
}

/** Leaves out lines that do not fit into a terminal, but not the last. */
function fitted<Line>(lines: readonly Line[], rows: number): readonly Line[] {
  const room = Math.max(1, rows - 2);
  return lines.length <= room
    ? lines
    : [...lines.slice(0, room - 1), ...lines.slice(-1)];
}

/**
 * Joins the parts of a line. If they do not fit into a terminal, the parts
 * before the last, which is the time left, are left out.
 */
function fittedLine(parts: readonly string[], columns: number): string {
  const kept = [...parts];
  const line = () => kept.join("  ");
  while (kept.length > 2 && [...line()].length >= columns) {
    kept.splice(kept.length - 2, 1);
  }
  return [...line()].slice(0, columns - 1).join("");
}
