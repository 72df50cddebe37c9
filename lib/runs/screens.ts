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
  let drawn = 0;
  const erase = () => {
    const up = drawn > 1 ? `\x1b[${drawn - 1}A` : "";
    const erasure = drawn === 0 ? "" : `${up}\r\x1b[J`;
    drawn = 0;
    return erasure;
  };
  const draw = (lines: readonly (readonly string[])[]) => {
    const { columns, rows } = size();
    const before = erase();
    const shown = fitted(lines, rows).map((parts) =>
      fittedLine(parts, columns)
    );
    drawn = shown.length;
    write(before + shown.join("\n"));
  };
  const drawSometimes = atMostEvery(TERMINAL_MS, draw);
  return {
    print: (kind, line) => kind === "epoch" || write(`${erase()}${line}\n`),
    draw: (lines) => drawn === 0 ? draw(lines) : drawSometimes(lines),
    finish: () => write(erase()),
  };
}

/** A log: a line for each epoch, remark, and run that has ended. */
export function logScreen(write: (text: string) => void): Screen {
  return {
    print: (_, line) => write(`${line}\n`),
    draw: () => {},
    finish: () => {},
  };
}

/**
 * A notebook's cell: a text that is updated in place. At the end only failures
 * and remarks are left.
 *
 * @param show replaces the text
 */
export function cellScreen(show: (text: string) => void): Screen {
  const kept: string[] = [];
  const draw = (lines: readonly (readonly string[])[]) =>
    show([...kept, ...lines.map((parts) => parts.join("  "))].join("\n"));
  return {
    print(kind, line) {
      if (kind === "failure" || kind === "remark") kept.push(line);
    },
    draw: atMostEvery(DISPLAY_MS, draw),
    finish: () => draw([]),
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
