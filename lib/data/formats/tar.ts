import { BadInput } from "../../bad_input.ts";

const BLOCK = 512;

/** Where a header keeps what, in bytes. */
const FIELDS = {
  name: [0, 100],
  size: [124, 12],
  checksum: [148, 8],
  type: [156, 1],
  magic: [257, 6],
  prefix: [345, 155],
} as const;

/**
 * The regular files of a tar archive by their paths, as views of its bytes.
 * Nothing is written anywhere. Archives of plain files and folders are read,
 * of the old format or POSIX's `ustar`; everything else that tar knows, such as
 * links, devices and extended headers, is refused.
 *
 * @param source how errors call the archive
 * @throws {BadInput} if the archive is damaged or cut short, holds anything but
 * files and folders, or a path that is absolute, leads upwards or comes twice
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
 * section "ustar Interchange Format"
 */
export function readTar(
  bytes: Uint8Array,
  source: string,
): ReadonlyMap<string, Uint8Array> {
  const fail = (reason: string): never => {
    throw new BadInput(`Cannot use ${source}: ${reason}`);
  };
  const files = new Map<string, Uint8Array>();
  let at = 0;
  while (true) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header.length < BLOCK) fail("it is cut short");
    if (header.every((byte) => byte === 0)) return files;
    const { path, size, type } = readHeader(header, fail);
    checkPath(path, fail);
    const start = at + BLOCK;
    if (type === "file") {
      if (start + size > bytes.length) fail(`it is cut short within ${path}`);
      if (files.has(path)) fail(`it holds ${path} twice`);
      files.set(path, bytes.subarray(start, start + size));
      at = start + Math.ceil(size / BLOCK) * BLOCK;
    } else at = start;
  }
}

type Fail = (reason: string) => never;

function readHeader(header: Uint8Array, fail: Fail) {
  const name = textAt(header, "name");
  // Only POSIX's format has a prefix; GNU's magic goes on with spaces.
  const prefix = textAt(header, "magic") === "ustar"
    ? textAt(header, "prefix")
    : "";
  const path = prefix === "" ? name : `${prefix}/${name}`;
  const shown = JSON.stringify(path);
  if (sumOf(header) !== octalAt(header, "checksum")) {
    fail("it is damaged: the checksum of a header is wrong");
  }
  const flag = String.fromCharCode(header[FIELDS.type[0]]);
  const size = octalAt(header, "size");
  if (size === undefined) return fail(`the size of ${shown} is no number`);
  const type = flag === "\0" || flag === "0"
    ? "file" as const
    : flag === "5"
    ? "folder" as const
    : fail(
      `it must hold files and folders alone, but ${shown} is ` +
        (flag === "1" || flag === "2" ? "a link" : `of type ${flag}`),
    );
  return { path, size, type };
}

function checkPath(path: string, fail: Fail): void {
  const parts = path.split("/");
  const safe = path !== "" && !path.startsWith("/") && !path.includes("\\") &&
    !parts.includes("..");
  if (!safe) fail(`the path ${JSON.stringify(path)} leads out of it`);
}

function textAt(header: Uint8Array, field: keyof typeof FIELDS): string {
  const [start, length] = FIELDS[field];
  const text = new TextDecoder().decode(header.subarray(start, start + length));
  return text.split("\0", 1)[0];
}

function octalAt(
  header: Uint8Array,
  field: keyof typeof FIELDS,
): number | undefined {
  const text = textAt(header, field).trim();
  return /^[0-7]{1,12}$/.test(text) ? parseInt(text, 8) : undefined;
}

/** The sum of a header's bytes, its own field taken as spaces. */
function sumOf(header: Uint8Array): number {
  const [start, length] = FIELDS.checksum;
  return header.reduce(
    (sum, byte, i) => sum + (i >= start && i < start + length ? 32 : byte),
    0,
  );
}
