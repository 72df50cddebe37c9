/// <reference lib="dom" />
/** Worker of the page: reads files and measures, so that the page stays responsive. */
import { z } from "zod";
import { BadInput } from "../../../bad_input.ts";
import { openArrays } from "../../../files/arrays/open_arrays.ts";
import { messageWithFlags } from "../../flags/message_with_flags.ts";
import { droppedFiles } from "./dropped_files.ts";
import { fileParts } from "./file_parts.ts";
import {
  fitScores,
  type FittedScores,
  inspectScores,
} from "./inspect_scores.ts";
import type { Reply, Request } from "./messages.ts";
import { probabilityFile } from "./probability_file.ts";

// The policy of the page forbids functions made from text.
z.config({ jitless: true });

/** Ends work whose result is no longer wanted. */
class Superseded extends Error {}

/** What `progressLine()` writes before its text. */
const ERASE = "\r\x1b[K";

/** Number of the newest request to measure. */
let newest = 0;
let scores: FittedScores | undefined;

addEventListener("message", ({ data }: MessageEvent<Request>) => {
  answer(data).catch((error) => {
    if (error instanceof Superseded) return;
    const of = data.kind === "open" ? "file" : "scores";
    reply({ kind: "refused", of, message: messageOf(error) });
  });
});

async function answer(request: Request): Promise<void> {
  switch (request.kind) {
    case "open":
      return await open(request.file);
    case "close":
      newest++;
      droppedFiles.delete(request.name);
      return;
    case "inspect":
      return await inspect(request);
    case "probabilities":
      if (scores === undefined) return;
      return reply({ kind: "file", ...probabilityFile(scores, request) });
  }
}

async function open(file: File): Promise<void> {
  const { name } = file;
  reply({ kind: "progress", text: `reading ${name}` });
  droppedFiles.set(name, new Uint8Array(await file.arrayBuffer()));
  try {
    reply({ kind: "opened", name, parts: fileParts(await openArrays(name)) });
  } catch (error) {
    droppedFiles.delete(name);
    throw error;
  }
}

async function inspect(
  { values }: Extract<Request, { kind: "inspect" }>,
): Promise<void> {
  const own = ++newest;
  const check = () => {
    if (own !== newest) throw new Superseded();
  };
  const context = {
    terminal: true,
    args: [],
    log(text: string) {
      check();
      reply({ kind: "progress", text: text.replace(ERASE, "") });
    },
  };
  context.log("reading scores and labels");
  scores = await fitScores(values, context);
  check();
  for await (const inspected of inspectScores(scores, values, context)) {
    check();
    reply({ kind: "inspected", ...inspected });
  }
}

function reply(message: Reply): void {
  postMessage(message);
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof BadInput
    ? messageWithFlags(error)
    : `Failed: ${error.message || error.name}`;
}
