// deno-lint-ignore-file no-console
/** Answers questions as our programs do: with 5 weights and steps of 2, 4 and 9 ms. */
import { TextLineStream } from "../../lib/files/text_lines.ts";

console.log(JSON.stringify("9.9"));
const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream())
  .pipeThrough(new TextLineStream());
for await (const _ of lines) {
  console.log(JSON.stringify({ parameters: 5, times: [2, 4, 9] }));
}
