import type { z } from "zod";
import { engineInfo } from "../../lib/engine/engine.ts";
import { parseMessage } from "../../lib/files/read_json.ts";
import { textLines } from "../../lib/files/text_lines.ts";
import { writeText } from "../../lib/files/write_text.ts";

/**
 * Prints TensorFlow's version, and then answers each line of standard input with a
 * line, as the peers do.
 */
export async function serve<Schema extends z.ZodType>(
  schema: Schema,
  answer: (task: z.output<Schema>) => unknown,
): Promise<void> {
  const say = (value: unknown) =>
    writeText(Deno.stdout, `${JSON.stringify(value)}\n`);
  say(engineInfo().tensorflow);
  for await (const line of textLines(Deno.stdin.readable)) {
    say(await answer(parseMessage(line, schema, "The benchmark")));
  }
}
