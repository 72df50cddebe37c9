/**
 * The lines of a stream of UTF-8 text, without their line feeds. Unlike
 * `node:readline` it does not split at U+2028 and U+2029, which may occur in JSON,
 * nor at single carriage returns.
 */
export function textLines(
  bytes: ReadableStream<Uint8Array<ArrayBuffer>>,
): ReadableStream<string> {
  return bytes.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream());
}

/** Splits text into lines. */
class TextLineStream extends TransformStream<string, string> {
  constructor() {
    let rest = "";
    super({
      transform(chunk, controller) {
        const lines = (rest + chunk).split("\n");
        rest = lines.pop()!;
        for (const line of lines) controller.enqueue(line);
      },
      flush(controller) {
        if (rest !== "") controller.enqueue(rest);
      },
    });
  }
}
