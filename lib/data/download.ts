import { join } from "node:path";
import { reasonOf, type Report, silent } from "./report.ts";

/** Milliseconds without an answer, or without a byte, after which we give up. */
const PATIENCE_MS = 20_000;

/**
 * Fetches one file into a folder, under the last part of its address.
 *
 * @throws {Error} if the address cannot be reached, answers with anything but
 * the whole file, or falls silent for `patienceMs`
 */
export async function download(
  address: string,
  folder: string,
  { report = silent, patienceMs = PATIENCE_MS }: {
    report?: Report;
    patienceMs?: number;
  } = {},
): Promise<void> {
  const name = address.slice(address.lastIndexOf("/") + 1);
  const silence = new AbortController();
  const giveUp = () =>
    silence.abort(new Error(`no answer for ${patienceMs / 1000} s`));
  let timer = setTimeout(giveUp, patienceMs);
  try {
    const response = await fetch(address, { signal: silence.signal });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new Error(`the server answered ${response.status}`);
    }
    const total = Number(response.headers.get("content-length") ?? NaN);
    let received = 0;
    const watched = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        clearTimeout(timer);
        timer = setTimeout(giveUp, patienceMs);
        received += chunk.length;
        report(progressLine(name, received, total), "passing");
        controller.enqueue(chunk);
      },
    });
    await Deno.writeFile(
      join(folder, name),
      response.body.pipeThrough(watched, { signal: silence.signal }),
    );
    if (Number.isFinite(total) && received !== total) {
      throw new Error(`${received} of ${total} bytes came`);
    }
  } catch (error) {
    throw new Error(`Cannot download ${address}: ${plainReason(error)}`);
  } finally {
    clearTimeout(timer);
  }
}

function progressLine(name: string, received: number, total: number): string {
  const megabytes = (received / 1e6).toFixed(1);
  if (!Number.isFinite(total)) return `${name}: ${megabytes} MB`;
  const percent = Math.floor(100 * received / total);
  return `${name}: ${megabytes} of ${
    (total / 1e6).toFixed(1)
  } MB (${percent} %)`;
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
