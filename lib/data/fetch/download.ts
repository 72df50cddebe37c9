import { join } from "node:path";
import { reasonOf, type Report, silent } from "../report.ts";

/** Default of `timeoutMs`. */
const TIMEOUT_MS = 20_000;

/** Options of `download()`. */
export interface DownloadOptions {
  /** Receives progress. */
  readonly report?: Report;
  /** Milliseconds without an answer or a byte after which the download fails. */
  readonly timeoutMs?: number;
}

/**
 * Downloads a file into a folder, under the last part of its address. An incomplete
 * file has the suffix `.partial`, and the next call resumes it if the server can. An
 * existing complete file is not downloaded again. The caller checks the content.
 *
 * @throws {Error} if the server cannot be reached, answers with anything but the
 * file, ends too early or is silent for `timeoutMs`
 */
export async function download(
  address: string,
  folder: string,
  { report = silent, timeoutMs = TIMEOUT_MS }: DownloadOptions = {},
): Promise<void> {
  const name = address.slice(address.lastIndexOf("/") + 1);
  const path = join(folder, name);
  if (await sizeOf(path) !== undefined) return;
  const partial = `${path}.partial`;
  const timeout = new AbortController();
  const abort = () =>
    timeout.abort(new Error(`no answer for ${timeoutMs / 1000} s`));
  let timer = setTimeout(abort, timeoutMs);
  const restartTimer = () => {
    clearTimeout(timer);
    timer = setTimeout(abort, timeoutMs);
  };
  try {
    await downloadRest(address, partial, {
      signal: timeout.signal,
      onBytes(received, total) {
        restartTimer();
        report(progressLine(name, received, total), "passing");
      },
    });
    await Deno.rename(partial, path);
  } catch (error) {
    const kept = await sizeOf(partial) ?? 0;
    const resumable = kept > 0
      ? `; ${megabytes(kept)} MB are kept, and the next attempt resumes there`
      : "";
    throw new Error(
      `Cannot download ${address}: ${plainReason(error)}${resumable}`,
    );
  } finally {
    clearTimeout(timer);
  }
}

interface RestOptions {
  readonly signal: AbortSignal;
  /** Called for each chunk with the bytes received and in total (NaN if unknown). */
  readonly onBytes: (received: number, total: number) => void;
}

/** Appends the missing bytes to a file, or downloads all if the server cannot resume. */
async function downloadRest(
  address: string,
  path: string,
  { signal, onBytes }: RestOptions,
): Promise<void> {
  const present = await sizeOf(path) ?? 0;
  const response = await fetch(address, {
    signal,
    headers: {
      "accept-encoding": "identity",
      ...(present > 0 ? { range: `bytes=${present}-` } : {}),
    },
  });
  const { start, total } = parseContentRange(response, present);
  if (start === undefined) {
    await response.body?.cancel();
    // Nothing is left to send: the file is complete, or it is another file.
    if (total === present) return;
    await Deno.remove(path);
    return await downloadRest(address, path, { signal, onBytes });
  }
  if (start === "none" || response.body === null) {
    await response.body?.cancel();
    throw new Error(`the server answered ${response.status}`);
  }
  const received = await writeFrom(start, path, {
    body: response.body,
    onChunk: (received) => onBytes(received, total),
  });
  if (Number.isFinite(total) && received !== total) {
    throw new Error(`${received} of ${total} bytes arrived`);
  }
}

/**
 * Writes a stream into a file from byte `start`.
 *
 * @returns the size of the file
 */
async function writeFrom(
  start: number,
  path: string,
  { body, onChunk }: {
    readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
    /** Called for each chunk with the size of the file. */
    readonly onChunk: (size: number) => void;
  },
): Promise<number> {
  let size = start;
  const file = await Deno.open(path, {
    create: true,
    ...(start > 0 ? { append: true } : { write: true, truncate: true }),
  });
  const writer = file.writable.getWriter();
  try {
    // Not with pipeTo(), which loses pending chunks when the stream fails.
    for await (const chunk of body) {
      await writer.write(chunk);
      size += chunk.length;
      onChunk(size);
    }
  } finally {
    await writer.close();
  }
  return size;
}

/**
 * The first byte of a response and the size of the file (NaN if unknown). The first
 * byte is undefined if the server has nothing from byte `present` on, and "none" if
 * the response is not a part of the file.
 */
function parseContentRange(
  { status, ok, headers }: Response,
  present: number,
): { start: number | "none" | undefined; total: number } {
  const range = headers.get("content-range") ?? "";
  const total = Number(/\/(\d+)$/.exec(range)?.[1] ?? NaN);
  if (present > 0 && status === 416) return { start: undefined, total };
  if (status === 206) {
    const start = Number(/^bytes (\d+)-/.exec(range)?.[1] ?? NaN);
    const resumed = start === present && present > 0;
    return { start: resumed ? present : "none", total };
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
 * The message of the innermost cause, which `fetch` wraps, without the address, which
 * the caller adds.
 */
function plainReason(error: unknown): string {
  if (error instanceof Error && error.cause !== undefined) {
    return plainReason(error.cause);
  }
  return reasonOf(error)
    .replace(/^error sending request for url \(\S+\): /, "");
}
