import { z } from "zod";
import { BadInput } from "../bad_input.ts";
import { readJsonIfPresent, validateJson } from "./read_json.ts";
import { sha256 } from "./sha256.ts";

/** Returns a record with its checksum as the last key. */
export function withChecksum<Record extends object>(
  record: Record,
): Record & { readonly checksum: string } {
  return { ...record, checksum: checksumOf(record) };
}

/** SHA-256 of a record as JSON, whatever the order of its keys. */
export function checksumOf(record: object): string {
  return sha256(JSON.stringify(record, (_, value) => {
    if (value === null || typeof value !== "object" || Array.isArray(value)) {
      return value;
    }
    return Object.fromEntries(
      Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1),
    );
  }));
}

/** What happens to a record that was changed. */
interface CheckOptions {
  /** What to remove before the command is run again, such as "it". */
  readonly remedy: string;
  /** Called instead of throwing the error. */
  readonly onChanged?: ((error: BadInput) => void) | undefined;
}

/**
 * Reads a record as `readJsonIfPresent()` does, and compares it with its checksum.
 * Records of older versions have none and are read as they are.
 *
 * @throws {BadInput} if the file is damaged, or was changed after it was written
 */
export async function readCheckedJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  { remedy, onChanged }: CheckOptions,
): Promise<z.output<Schema> | undefined> {
  const record: unknown = await readJsonIfPresent(path, z.unknown());
  if (record === undefined) return undefined;
  const result = validateJson(record, schema, path);
  if (!isChecked(record)) return result;
  const { checksum, ...rest } = record;
  if (checksum === checksumOf(rest)) return result;
  const error = new BadInput(
    `${path} was changed after it was written: its checksum is wrong ` +
      `(remove ${remedy} and run again)`,
  );
  if (onChanged === undefined) throw error;
  onChanged(error);
  return result;
}

function isChecked(record: unknown): record is { readonly checksum: unknown } {
  return typeof record === "object" && record !== null && "checksum" in record;
}
