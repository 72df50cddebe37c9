import type { z } from "zod";
import { parseMessage } from "../../lib/files/read_json.ts";

/** A process that answers each line of its standard input with one line. */
export interface PeerProcess {
  /**
   * Sends a JSON value, if given, and reads the next answer.
   *
   * @throws {Error} if the process ends or the answer does not match the schema
   */
  ask<Schema extends z.ZodType>(
    schema: Schema,
    question?: unknown,
  ): Promise<z.output<Schema>>;
  close(): Promise<void>;
}

/** Starts a program that reads and writes lines of JSON. */
export function startPeer(command: string, args: string[]): PeerProcess {
  const process = new Deno.Command(command, {
    args,
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const writer = process.stdin.getWriter();
  const reader = process.stdout.pipeThrough(new TextDecoderStream())
    .getReader();
  let text = "";
  return {
    ask: async (schema, question) => {
      if (question !== undefined) {
        const line = JSON.stringify(question) + "\n";
        await writer.write(new TextEncoder().encode(line));
      }
      while (!text.includes("\n")) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`${command} ended without an answer`);
        text += value;
      }
      const end = text.indexOf("\n");
      const answer = text.slice(0, end);
      text = text.slice(end + 1);
      return parseMessage(answer, schema, command);
    },
    close: async () => {
      await writer.close();
      await process.status;
    },
  };
}
