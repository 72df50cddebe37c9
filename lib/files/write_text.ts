/** A stream of the process, such as `Deno.stdout`. */
export interface TextStream {
  writeSync(bytes: Uint8Array): number;
  isTerminal?(): boolean;
}

/** Streams that are terminals; one that has been closed no longer says so. */
const terminals = new WeakSet<TextStream>();

/**
 * Writes all of a text, because one call may write only a part of it. Stops
 * silently if the reader has closed the pipe (`| head`) or the terminal.
 */
export function writeText(stream: TextStream, text: string): void {
  let bytes = new TextEncoder().encode(text);
  if (stream.isTerminal?.()) terminals.add(stream);
  try {
    while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
  } catch (error) {
    const isClosed = error instanceof Deno.errors.BrokenPipe ||
      terminals.has(stream) && (error as { code?: string }).code === "EIO";
    if (!isClosed) throw error;
  }
}
