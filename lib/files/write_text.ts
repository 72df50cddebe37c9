/** A stream of the process, such as `Deno.stdout`. */
export interface TextStream {
  writeSync(bytes: Uint8Array): number;
}

/**
 * Writes all of a text, because one call may write only a part of it. Stops
 * silently if the reader has closed the pipe (`| head`).
 */
export function writeText(stream: TextStream, text: string): void {
  let bytes = new TextEncoder().encode(text);
  try {
    while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
