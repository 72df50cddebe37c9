import type { z } from "zod";
import { BadInput } from "../bad_input.ts";
import { isMissing } from "./folders.ts";
import { unreadable } from "./read_bytes.ts";
import { describeFault } from "./schema_fault.ts";

/**
 * The largest JSON file that is read, in bytes. The records of this project are
 * far smaller; an executed notebook with figures has a few MiB.
 */
export const MAX_JSON_BYTES = 256 * 2 ** 20;

/**
 * Reads a JSON file.
 *
 * @throws {BadInput} if it cannot be read, is larger than `MAX_JSON_BYTES`, is
 * not JSON, or breaks the schema: one line with its path and the key
 *
 * @example
 * ```ts
 * import { z } from "zod";
 * import { readJson } from "./read_json.ts";
 * const { name } = await readJson("deno.json", z.object({ name: z.string() }));
 * ```
 */
export async function readJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  return parseJson(await readText(path), schema, path);
}

/**
 * Like `readJson()`, but `undefined` where there is no such file.
 *
 * @throws {BadInput} if there is one that cannot be read or is damaged
 */
export async function readJsonIfPresent<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.output<Schema> | undefined> {
  const text = await readTextIfPresent(path);
  return text === undefined ? undefined : parseJson(text, schema, path);
}

/**
 * Reads a file of JSON lines, one value each; lines without text are skipped.
 *
 * @throws {BadInput} as `readJson()` does, with the line's number
 */
export async function readJsonLines<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.output<Schema>[]> {
  const lines = (await readText(path)).split("\n");
  return lines.flatMap((line, i) =>
    line.trim() === "" ? [] : [parseJson(line, schema, `${path} line ${i + 1}`)]
  );
}

/**
 * The value of a JSON text.
 *
 * @param source names the text in messages: a path, or who sent it
 * @throws {BadInput} if the text is not JSON or breaks the schema: one line
 * with the source and the key
 */
export function parseJson<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  source: string,
): z.output<Schema> {
  if (text.length > MAX_JSON_BYTES) throw tooLarge(source);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new BadInput(`${source}: ${syntaxFault(text, error)}`);
  }
  const { success, data, error } = validate(value, schema, source);
  if (success) return data;
  throw new BadInput(`${source}: ${describeFault(error.issues, value)}`);
}

function validate<Schema extends z.ZodType>(
  value: unknown,
  schema: Schema,
  source: string,
) {
  try {
    return schema.safeParse(value);
  } catch (error) {
    // A schema that contains itself calls itself for each level.
    if (!(error instanceof RangeError)) throw error;
    throw new BadInput(`${source}: it is nested too deeply`);
  }
}

/**
 * The value of a JSON text that another process sent.
 *
 * @param sender names it in messages
 * @throws {Error} if the text is not JSON or breaks the schema: no person's
 * input is at fault
 */
export function parseMessage<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  sender: string,
): z.output<Schema> {
  try {
    return parseJson(text, schema, sender);
  } catch (error) {
    throw error instanceof BadInput ? new Error(error.message) : error;
  }
}

async function readText(path: string): Promise<string> {
  const text = await readTextIfPresent(path);
  if (text !== undefined) return text;
  throw new BadInput(`Cannot read ${path}: there is no such file`);
}

async function readTextIfPresent(path: string): Promise<string | undefined> {
  try {
    const { size } = await Deno.stat(path);
    if (size > MAX_JSON_BYTES) throw tooLarge(path);
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof BadInput) throw error;
    if (isMissing(error)) return undefined;
    throw unreadable(path, error);
  }
}

function tooLarge(source: string): BadInput {
  const limit = MAX_JSON_BYTES / 2 ** 20;
  return new BadInput(`${source}: it is larger than ${limit} MiB`);
}

/** What a parser's message says, without the text that it quotes. */
function syntaxFault(text: string, error: unknown): string {
  const end = text.trimEnd().length;
  if (end === 0) return "it is empty";
  const { message } = error as Error;
  const [, position, place] =
    /at position (\d+) \((line \d+ column \d+)\)$/.exec(message) ?? [];
  const cutShort = /^(Unexpected end|Unterminated)/.test(message) ||
    Number(position) >= end;
  if (cutShort) return "it is cut short";
  return place === undefined ? "it is not JSON" : `it is not JSON at ${place}`;
}
