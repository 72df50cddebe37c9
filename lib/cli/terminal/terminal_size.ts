/** A terminal's size where it is unknown. */
const USUAL = { columns: 80, rows: 24 };

/** Returns the size of the terminal; a usual one if it has been closed. */
export function terminalSize(): {
  readonly columns: number;
  readonly rows: number;
} {
  try {
    return Deno.consoleSize();
  } catch {
    return USUAL;
  }
}
