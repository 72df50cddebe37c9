import type { z } from "zod";
import { BadInput } from "../../lib/bad_input.ts";
import { parseMessage } from "../../lib/files/read_json.ts";
import { textLines } from "../../lib/files/text_lines.ts";

/** A process that answers each line of its standard input with one line. */
export interface PeerProcess {
  readonly pid: number;
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

/**
 * Starts a program that reads and writes lines of JSON.
 *
 * @param options `env`: further environment variables (none)
 * @throws {BadInput} if there is no such program
 */
export function startPeer(
  command: string,
  args: readonly string[],
  { env = {} }: { readonly env?: Readonly<Record<string, string>> } = {},
): PeerProcess {
  const process = spawn(command, args, env);
  const writer = process.stdin.getWriter();
  const reader = textLines(process.stdout).getReader();
  return {
    pid: process.pid,
    ask: async (schema, question) => {
      if (question !== undefined) {
        const line = new TextEncoder().encode(JSON.stringify(question) + "\n");
        // If the process has ended, the read below reports it.
        await writer.write(line).catch(() => {});
      }
      const { value } = await reader.read();
      if (value === undefined) {
        const { code, signal } = await process.status;
        throw new Error(
          `${command} ended with ${signal ?? `exit code ${code}`} instead of ` +
            "an answer",
        );
      }
      return parseMessage(value, schema, command);
    },
    close: async () => {
      await writer.close().catch(() => {});
      await reader.cancel().catch(() => {});
      await process.status;
    },
  };
}

function spawn(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
) {
  try {
    return new Deno.Command(command, {
      args: [...args],
      env,
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new BadInput(`Cannot start ${command}: there is no such program`);
  }
}
