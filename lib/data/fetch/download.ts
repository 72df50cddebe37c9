import { join } from "node:path";
import { reasonOf, type Report, silent } from "../report.ts";

/** Milliseconds without an answer, or without a byte, after which we give up. */
const PATIENCE_MS = 20_000;

/** How a download goes on. */
export interface DownloadOptions {
  readonly report?: Report;
  readonly patienceMs?: number;
}

/**
 * Fetches one file into a folder, under the last part of its address. Until it
 * is whole it has `.partial` behind its name, and the next call goes on from
 * there, where the server can; a file that is there under its own name is not
 * fetched again. Whether it is the right one, a checksum has to tell.
 *
 * @throws {Error} if the address cannot be reached, answers with anything but
 * the file, breaks off, or falls silent for `patienceMs`
 */
export async function download(
  address: string,
  folder: string,
  { report = silent, patienceMs = PATIENCE_MS }: DownloadOptions = {},
): Promise<void> {
  const name = address.slice(address.lastIndexOf("/") + 1);
  const path = join(folder, name);
  if (await sizeOf(path) !== undefined) return;
  const partial = `${path}.partial`;
  const silence = new AbortController();
  const giveUp = () =>
    silence.abort(new Error(`no answer for ${patienceMs / 1000} s`));
  let timer = setTimeout(giveUp, patienceMs);
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(giveUp, patienceMs);
  };
  try {
    await receive(address, partial, {
      signal: silence.signal,
      onBytes(received, total) {
        alive();
        report(progressLine(name, received, total), "passing");
      },
    });
    await Deno.rename(partial, path);
  } catch (error) {
    const kept = await sizeOf(partial) ?? 0;
    const goesOn = kept > 0
      ? `; ${megabytes(kept)} MB are kept, and the next try goes on from there`
      : "";
    throw new Error(
      `Cannot download ${address}: ${plainReason(error)}${goesOn}`,
    );
  } finally {
    clearTimeout(timer);
  }
}

interface Receiving {
  readonly signal: AbortSignal;
  /** Told of each arrival: bytes that are here, and bytes in all or NaN. */
  readonly onBytes: (received: number, total: number) => void;
}

/** Appends to a file what it lacks, or all of it where that cannot be had. */
async function receive(
  address: string,
  path: string,
  { signal, onBytes }: Receiving,
): Promise<void> {
  const had = await sizeOf(path) ?? 0;
  const response = await fetch(address, {
    signal,
    headers: {
      "accept-encoding": "identity",
      ...(had > 0 ? { range: `bytes=${had}-` } : {}),
    },
  });
  const { start, total } = extentOf(response, had);
  if (start === undefined) {
    await response.body?.cancel();
    // Nothing comes after what is here: it is whole, or of another file.
    if (total === had) return;
    await Deno.remove(path);
    return await receive(address, path, { signal, onBytes });
  }
  if (start === "none" || response.body === null) {
    await response.body?.cancel();
    throw new Error(`the server answered ${response.status}`);
  }
  let received = start;
  const file = await Deno.open(path, {
    create: true,
    ...(start > 0 ? { append: true } : { write: true, truncate: true }),
  });
  const writer = file.writable.getWriter();
  try {
    // By hand, as a pipe drops what is under way when it breaks.
    for await (const chunk of response.body) {
      await writer.write(chunk);
      received += chunk.length;
      onBytes(received, total);
    }
  } finally {
    await writer.close();
  }
  if (Number.isFinite(total) && received !== total) {
    throw new Error(`${received} of ${total} bytes came`);
  }
}

/**
 * From which byte an answer goes on, and how many the file has in all, NaN
 * where it is not said. The start is undefined if the server has nothing from
 * byte `had` on, "none" if the answer is no part of the file.
 */
function extentOf(
  { status, ok, headers }: Response,
  had: number,
): { start: number | "none" | undefined; total: number } {
  const range = headers.get("content-range") ?? "";
  const total = Number(/\/(\d+)$/.exec(range)?.[1] ?? NaN);
  if (had > 0 && status === 416) return { start: undefined, total };
  if (status === 206) {
    const start = Number(/^bytes (\d+)-/.exec(range)?.[1] ?? NaN);
    return { start: start === had && had > 0 ? had : "none", total };
  }
  const length = Number(headers.get("content-length") ?? NaN);
  return { start: ok ? 0 : "none", total: length };
}

async function sizeOf(path: string): Promise<number | undefined> {
  return await Deno.stat(path).then(({ size }) => size, () => undefined);
}

function progressLine(name: string, received: number, total: number): string {
  if (!Number.isFinite(total)) return `${name}: ${megabytes(received)} MB`;
  const percent = Math.floor(100 * received / total);
  return `${name}: ${megabytes(received)} of ${megabytes(total)} MB ` +
    `(${percent} %)`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/**
 * The innermost cause, as `fetch` wraps it and says little itself, without the
 * address, which the caller names already.
 */
function plainReason(error: unknown): string {
  if (error instanceof Error && error.cause !== undefined) {
    return plainReason(error.cause);
  }
  return reasonOf(error)
    .replace(/^error sending request for url \(\S+\): /, "");
}
