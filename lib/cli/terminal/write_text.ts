/** A stream of the process, such as `Deno.stdout`. */
export interface TextStream {
  writeSync(bytes: Uint8Array): number;
}

/**
 * Writes all of a text: one call may take only a part of it. What a reader no
 * longer wants (`| head`) is dropped.
 */
export function writeText(stream: TextStream, text: string): void {
  let bytes = new TextEncoder().encode(text);
  try {
    while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
