import type { TarHeader } from "modern-tar";
import { BadInput } from "../../bad_input.ts";
import { reasonOf } from "../report.ts";
import { quoted } from "../../files/quoted.ts";

const BLOCK = 512;
/** Length of the name at the start of a header, and offset of the type flag. */
const NAME_BYTES = 100;
const TYPE = 156;

/** Our messages for errors of modern-tar. */
const REASONS: Readonly<Record<string, string>> = {
  "Invalid tar header checksum.":
    "it is damaged: the checksum of a header is wrong",
  "Invalid tar number.": "it is damaged: a size or time is not a number",
};

type Fail = (reason: string) => never;

/**
 * The regular files of a tar archive by path, as views of its bytes. Nothing is
 * written to disk. The old format, GNU's and POSIX's `ustar` are supported; links,
 * devices, extended headers and the like are refused.
 *
 * @param source name of the archive in messages
 * @throws {BadInput} if the archive is damaged or incomplete, contains anything but
 * files and folders, or a path that is absolute, contains `..` or occurs twice
 */
export async function readTar(
  bytes: Uint8Array,
  source: string,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const fail: Fail = (reason) => {
    throw new BadInput(`Cannot use ${source}: ${reason}`);
  };
  const files = new Map<string, Uint8Array>();
  let at = 0;
  for (const { name, size } of await readHeaders(bytes, fail)) {
    const type = typeAt(bytes, at, fail);
    checkPath(name, fail);
    const start = at + BLOCK;
    at += lengthOf(size);
    if (type === "folder") continue;
    // The reader treats it as a folder but skips its content.
    if (name.endsWith("/")) fail(`the file ${name} has the name of a folder`);
    if (files.has(name)) fail(`it contains ${name} twice`);
    files.set(name, bytes.subarray(start, start + size));
  }
  // An extended header without an entry after it is not among the headers above.
  if (bytes[at] !== 0) typeAt(bytes, at, fail);
  return files;
}

/** The headers of an archive in order, from the strict reader without contents. */
async function readHeaders(
  bytes: Uint8Array,
  fail: Fail,
): Promise<readonly TarHeader[]> {
  const headers: TarHeader[] = [];
  const filter = (header: TarHeader) => {
    headers.push(header);
    return false;
  };
  // Set-up loads this module in the process that installs the packages. Deno finds
  // them only if they existed when it started.
  const { unpackTar } = await import("modern-tar");
  try {
    await unpackTar(bytes, { strict: true, filter });
    return headers;
  } catch (error) {
    const reason = reasonOf(error);
    if (!reason.includes("truncated")) {
      return fail(REASONS[reason] ?? `it is damaged: ${reason}`);
    }
    const needed = headers.reduce((sum, { size }) => sum + lengthOf(size), 0);
    return fail(
      needed > bytes.length
        ? `it is cut short within ${headers.at(-1)!.name}`
        : "it is cut short",
    );
  }
}

/** Number of bytes of an entry: header and content, in complete blocks. */
function lengthOf(size: number): number {
  return BLOCK + Math.ceil(size / BLOCK) * BLOCK;
}

/**
 * The kind of an entry from the flag in its header. The reader treats unknown kinds
 * as files and applies extended headers without reporting them.
 */
function typeAt(bytes: Uint8Array, at: number, fail: Fail): "file" | "folder" {
  const flag = String.fromCharCode(bytes[at + TYPE]);
  if (flag === "0" || flag === "\0") return "file";
  if (flag === "5") return "folder";
  const text = new TextDecoder().decode(bytes.subarray(at, at + NAME_BYTES));
  const name = quoted(text.split("\0", 1)[0]);
  return fail(
    `it must contain only files and folders, but ${name} is ` +
      (flag === "1" || flag === "2" ? "a link" : `of type ${flag}`),
  );
}

function checkPath(path: string, fail: Fail): void {
  const parts = path.split("/");
  const safe = path !== "" && !path.startsWith("/") && !path.includes("\\") &&
    !parts.includes("..");
  if (!safe) fail(`the path ${quoted(path)} leads outside`);
}
