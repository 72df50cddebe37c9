/**
 * Git's filter of notebooks: reads one and writes what is committed of it, without
 * outputs and metadata. Anything else, such as a notebook with merge conflicts, is
 * written unchanged. The set-up tells git to use it (`tools/setup/git_filter.ts`).
 *
 *   deno run tools/clean_notebook.ts < FILE.ipynb
 */
import { BadInput } from "../lib/bad_input.ts";
import { formatNotebook } from "../lib/reproduce/format_notebook.ts";
import { parseNotebook } from "../lib/reproduce/notebook.ts";

const bytes = await new Response(Deno.stdin.readable).bytes();
await new Blob([clean(bytes)]).stream().pipeTo(Deno.stdout.writable);

function clean(bytes: Uint8Array<ArrayBuffer>): BlobPart {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return formatNotebook(parseNotebook(text, "notebook"));
  } catch (error) {
    if (error instanceof BadInput || error instanceof TypeError) return bytes;
    throw error;
  }
}
