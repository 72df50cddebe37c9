import type { z } from "zod";
import { BadInput } from "../bad_input.ts";
import { isMissing } from "./folders.ts";
import { isLink, unreadable } from "./read_bytes.ts";
import {
  isEndless,
  isSpecialFile,
  readSpecialFile,
} from "./read_special_file.ts";
import { describeFault } from "./schema_fault.ts";

/**
 * The largest accepted size of a JSON file in bytes. Records are far smaller; an
 * executed notebook with figures has a few MiB.
 */
const MAX_JSON_BYTES = 256 * 2 ** 20;

/**
 * Reads and validates a JSON file.
 *
 * @throws {BadInput} with path and key in one line, if the file cannot be read, is
 * larger than `MAX_JSON_BYTES`, is not JSON or violates the schema
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { z } from "zod";
 * import { readJson } from "./read_json.ts";
 * const { name } = await readJson("deno.json", z.object({ name: z.string() }));
 * strictEqual(name, "@ils/label-smoothing");
 * ```
 */
export async function readJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  return parseJson(await readText(path), schema, path);
}

/**
 * Reads a JSON file as `readJson()` does; `undefined` if it does not exist.
 *
 * @throws {BadInput} if it exists but cannot be read or is damaged
 */
export async function readJsonIfPresent<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.output<Schema> | undefined> {
  const text = await readTextIfPresent(path);
  return text === undefined ? undefined : parseJson(text, schema, path);
}

/**
 * The validated values of a text with one JSON value per line; blank lines are skipped.
 *
 * @throws {BadInput} as `parseJson()` does, with the line number
 */
export function parseJsonLines<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  source: string,
): z.output<Schema>[] {
  return text.split("\n").flatMap((line, i) =>
    line.trim() === ""
      ? []
      : [parseJson(line, schema, `${source} line ${i + 1}`)]
  );
}

/**
 * The validated value of a JSON text.
 *
 * @param source name of the text in messages: a path or the sender
 * @throws {BadInput} with source and key in one line, if the text is not JSON or
 * violates the schema
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
  return validateJson(value, schema, source);
}

/**
 * The validated value of parsed JSON.
 *
 * @param source as for `parseJson()`
 * @throws {BadInput} with source and key in one line, if it violates the schema
 */
export function validateJson<Schema extends z.ZodType>(
  value: unknown,
  schema: Schema,
  source: string,
): z.output<Schema> {
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
    // A recursive schema can exhaust the stack.
    if (!(error instanceof RangeError)) throw error;
    throw new BadInput(`${source}: it is nested too deeply`);
  }
}

/**
 * The validated value of a JSON message from another process.
 *
 * @param sender name of the process in messages
 * @throws {Error} if the text is not JSON or violates the schema; not `BadInput`,
 * since it is not the user's input
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

/**
 * The text of a UTF-8 file.
 *
 * @throws {BadInput} if it cannot be read or is larger than `MAX_JSON_BYTES`
 */
export async function readText(path: string): Promise<string> {
  const text = await readTextIfPresent(path);
  if (text !== undefined) return text;
  throw new BadInput(`Cannot read ${path}: there is no such file`);
}

async function readTextIfPresent(path: string): Promise<string | undefined> {
  try {
    if (isSpecialFile(path)) return readSpecialText(path);
    const info = await Deno.stat(path);
    if (isEndless(info)) return readSpecialText(path);
    if (info.size > MAX_JSON_BYTES) throw tooLarge(path);
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof BadInput) throw error;
    if (isMissing(error) && !isLink(path)) return undefined;
    throw unreadable(path, error);
  }
}

function readSpecialText(path: string): string {
  const bytes = readSpecialFile(path, { most: MAX_JSON_BYTES });
  return new TextDecoder().decode(bytes);
}

function tooLarge(source: string): BadInput {
  const limit = MAX_JSON_BYTES / 2 ** 20;
  return new BadInput(`${source}: it is larger than ${limit} MiB`);
}

/** The reason in a parser's message, without the text that it quotes. */
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
