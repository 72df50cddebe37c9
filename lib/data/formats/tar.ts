import type { TarHeader } from "modern-tar";
import { BadInput } from "../../bad_input.ts";
import { reasonOf } from "../report.ts";

const BLOCK = 512;
/** A header begins with the name, and has the type's flag here. */
const NAME_BYTES = 100;
const TYPE = 156;

/** What modern-tar finds wrong, in our words. */
const REASONS: Readonly<Record<string, string>> = {
  "Invalid tar header checksum.":
    "it is damaged: the checksum of a header is wrong",
  "Invalid tar number.": "it is damaged: a size or time is no number",
};

type Fail = (reason: string) => never;

/**
 * The regular files of a tar archive by their paths, as views of its bytes.
 * Nothing is written anywhere. Archives of plain files and folders are read,
 * of the old format, GNU's or POSIX's `ustar`; everything else that tar knows,
 * such as links, devices and extended headers, is refused.
 *
 * @param source how errors call the archive
 * @throws {BadInput} if the archive is damaged or cut short, holds anything but
 * files and folders, or a path that is absolute, leads upwards or comes twice
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
    // The reader takes it for a folder, but steps over its content.
    if (name.endsWith("/")) fail(`the file ${name} is named as a folder`);
    if (files.has(name)) fail(`it holds ${name} twice`);
    files.set(name, bytes.subarray(start, start + size));
  }
  // An extended header without an entry behind it is none of those above.
  if (bytes[at] !== 0) typeAt(bytes, at, fail);
  return files;
}

/** The headers of an archive in order; the strict reader skips the contents. */
async function readHeaders(
  bytes: Uint8Array,
  fail: Fail,
): Promise<readonly TarHeader[]> {
  const headers: TarHeader[] = [];
  const filter = (header: TarHeader) => {
    headers.push(header);
    return false;
  };
  // Set-up loads this module in the process that installs the packages, which
  // Deno only finds if they were there when it started.
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

/** Bytes of an entry: its header, and its content in whole blocks. */
function lengthOf(size: number): number {
  return BLOCK + Math.ceil(size / BLOCK) * BLOCK;
}

/**
 * An entry's kind by the flag in its header: the reader takes what it does not
 * know for a file, and applies extended headers without showing them.
 */
function typeAt(bytes: Uint8Array, at: number, fail: Fail): "file" | "folder" {
  const flag = String.fromCharCode(bytes[at + TYPE]);
  if (flag === "0" || flag === "\0") return "file";
  if (flag === "5") return "folder";
  const text = new TextDecoder().decode(bytes.subarray(at, at + NAME_BYTES));
  const name = JSON.stringify(text.split("\0", 1)[0]);
  return fail(
    `it must hold files and folders alone, but ${name} is ` +
      (flag === "1" || flag === "2" ? "a link" : `of type ${flag}`),
  );
}

function checkPath(path: string, fail: Fail): void {
  const parts = path.split("/");
  const safe = path !== "" && !path.startsWith("/") && !path.includes("\\") &&
    !parts.includes("..");
  if (!safe) fail(`the path ${JSON.stringify(path)} leads out of it`);
}
