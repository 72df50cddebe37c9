/**
 * Cuts a stream of text into its lines, without their ends. Lines end with a
 * line feed alone: `node:readline` would also cut at U+2028 and U+2029, which
 * may stand within a line of JSON, and at single carriage returns.
 */
export class TextLineStream extends TransformStream<string, string> {
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
