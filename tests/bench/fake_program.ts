// deno-lint-ignore-file no-console
/** Answers questions as our programs do: with 5 weights and steps of 2, 4 and 9 ms. */
import { textLines } from "../../lib/files/text_lines.ts";

console.log(JSON.stringify("9.9"));
for await (const _ of textLines(Deno.stdin.readable)) {
  console.log(JSON.stringify({ parameters: 5, times: [2, 4, 9] }));
}
