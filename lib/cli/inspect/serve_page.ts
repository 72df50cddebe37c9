import { BadInput } from "../../bad_input.ts";

/** Only programs of the same machine reach this address. */
const LOOPBACK = "127.0.0.1";

/**
 * Headers of the page. Its own policy, which allows no connection, is in the page; that
 * it must not be part of another page can only be said here.
 */
const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
} as const;

/** Options of `servePage()`. */
export interface ServePageOptions {
  /** A free one if it is 0 (0). */
  readonly port?: number | undefined;
  readonly signal?: AbortSignal;
}

/** A page that is being served. */
export interface ServedPage {
  /** `http://127.0.0.1:PORT/`. */
  readonly address: string;
  readonly port: number;
  /** Ends when `signal` is aborted. */
  readonly finished: Promise<void>;
}

/**
 * Serves one page at `http://127.0.0.1:PORT/`, to browsers of the same machine and those
 * to which its port is forwarded. Nothing is received but the request for the page.
 *
 * @throws {BadInput} if the port is in use or not allowed
 */
export function servePage(
  page: string,
  { port = 0, signal }: ServePageOptions = {},
): ServedPage {
  const bytes = new TextEncoder().encode(page);
  try {
    const server = Deno.serve(
      { hostname: LOOPBACK, port, ...signal && { signal }, onListen() {} },
      (request) => answer(request, bytes),
    );
    const { addr: { hostname, port: own }, finished } = server;
    return { address: `http://${hostname}:${own}/`, port: own, finished };
  } catch (error) {
    const reason = error instanceof Deno.errors.AddrInUse
      ? "another program uses it"
      : error instanceof Deno.errors.PermissionDenied
      ? "only an administrator may use it"
      : undefined;
    if (reason === undefined) throw error;
    throw new BadInput(`--port must be a free port: ${port} is not, ${reason}`);
  }
}

function answer(
  { method, url }: Request,
  page: Uint8Array<ArrayBuffer>,
): Response {
  if (new URL(url).pathname !== "/") {
    return new Response("Not found\n", { status: 404 });
  }
  if (method !== "GET" && method !== "HEAD") {
    const headers = { allow: "GET, HEAD" };
    return new Response("Not allowed\n", { status: 405, headers });
  }
  return new Response(method === "HEAD" ? null : page, { headers: HEADERS });
}
