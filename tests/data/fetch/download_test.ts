import { deepStrictEqual, ok, rejects } from "node:assert/strict";
import { download } from "../../../lib/data/fetch/download.ts";

/** A server on loopback in place of the official address. */
async function serving(
  answer: (path: string) => Response,
  use: (address: string, folder: string) => Promise<void>,
) {
  const folder = await Deno.makeTempDir();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => answer(new URL(request.url).pathname),
  );
  try {
    await use(`http://127.0.0.1:${server.addr.port}/`, folder);
  } finally {
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("download() saves the bytes and reports progress", async () => {
  const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251);
  await serving(() => new Response(bytes), async (address, folder) => {
    const lines: string[] = [];
    await download(`${address}train.gz`, folder, {
      report: (line, passing) => {
        deepStrictEqual(passing, "passing");
        lines.push(line);
      },
    });
    deepStrictEqual(await Deno.readFile(`${folder}/train.gz`), bytes);
    deepStrictEqual(lines.at(-1), "train.gz: 0.3 of 0.3 MB (100 %)");
  });
});

Deno.test("download() names the address and an answer that is not a file", async () => {
  const answer = () => new Response("gone", { status: 404 });
  await serving(answer, async (address, folder) => {
    await rejects(
      download(`${address}train.gz`, folder),
      /^Error: Cannot download http.*train\.gz: the server answered 404$/,
    );
  });
});

Deno.test("download() fails if the server falls silent", async () => {
  let stop = () => {};
  const answer = () =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(new Uint8Array(10));
          stop = () => controller.close();
        },
        cancel() {
          stop = () => {};
        },
      }),
    );
  await serving(answer, async (address, folder) => {
    const started = performance.now();
    await rejects(
      download(`${address}train.gz`, folder, { timeoutMs: 200 }),
      /no answer for 0\.2 s/,
    );
    ok(performance.now() - started < 5_000);
    stop();
  });
});

Deno.test("download() fails if nobody answers", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  await rejects(
    download(`http://127.0.0.1:${port}/train.gz`, "/nowhere"),
    /Cannot download http:\/\/127\.0\.0\.1:\d+\/train\.gz: .*refused/,
  );
});

const CONTENT = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);

/** A server that breaks off after some bytes and records each range. */
function breakingServer(
  breaks: number,
  { ranges }: { ranges: boolean },
) {
  const asked: (string | null)[] = [];
  const answer = (request: Request): Response => {
    const range = request.headers.get("range");
    asked.push(range);
    const from = ranges
      ? Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0)
      : 0;
    if (from >= CONTENT.length) {
      const headers = { "content-range": `bytes */${CONTENT.length}` };
      return new Response(null, { status: 416, headers });
    }
    const rest = CONTENT.subarray(from);
    const body = asked.length <= breaks ? halfOf(rest) : rest;
    return new Response(body, {
      status: from > 0 ? 206 : 200,
      headers: from > 0
        ? {
          "content-range": `bytes ${from}-${
            CONTENT.length - 1
          }/${CONTENT.length}`,
        }
        : { "content-length": String(rest.length) },
    });
  };
  return { asked, answer };
}

/** A stream that fails after the first half of some bytes. */
function halfOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream({
    async pull(controller) {
      if (!sent) controller.enqueue(bytes.slice(0, bytes.length / 2));
      // Lets the sent bytes arrive first.
      else await new Promise((resolve) => setTimeout(resolve, 50));
      if (sent) controller.error(new Error("interrupted"));
      sent = true;
    },
  });
}

async function servingRequests(
  answer: (request: Request) => Response,
  use: (address: string, folder: string) => Promise<void>,
) {
  const folder = await Deno.makeTempDir();
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
    onError: () => new Response(null, { status: 500 }),
  }, answer);
  try {
    await use(`http://127.0.0.1:${server.addr.port}/`, folder);
  } finally {
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
}

const namesIn = (folder: string) =>
  Array.from(Deno.readDirSync(folder), ({ name }) => name);

Deno.test("download() resumes after an interruption", async () => {
  const { asked, answer } = breakingServer(2, { ranges: true });
  await servingRequests(answer, async (address, folder) => {
    const fetching = () => download(`${address}a.bin`, folder);
    for (const kept of [500, 750]) {
      await rejects(
        fetching(),
        /0\.0 MB are kept, and the next attempt resumes/,
      );
      deepStrictEqual(namesIn(folder), ["a.bin.partial"]);
      deepStrictEqual(Deno.statSync(`${folder}/a.bin.partial`).size, kept);
    }
    await fetching();
    deepStrictEqual(asked, [null, "bytes=500-", "bytes=750-"]);
    deepStrictEqual(await Deno.readFile(`${folder}/a.bin`), CONTENT);
    deepStrictEqual(namesIn(folder), ["a.bin"]);
    // A complete file is not downloaded again.
    await fetching();
    deepStrictEqual(asked.length, 3);
  });
});

Deno.test("download() starts over if the server ignores the range", async () => {
  const { asked, answer } = breakingServer(1, { ranges: false });
  await servingRequests(answer, async (address, folder) => {
    await rejects(download(`${address}a.bin`, folder));
    await download(`${address}a.bin`, folder);
    deepStrictEqual(asked, [null, "bytes=500-"]);
    deepStrictEqual(await Deno.readFile(`${folder}/a.bin`), CONTENT);
  });
});

Deno.test("download() keeps a complete part and discards one that is too long", async () => {
  for (const [length, requests] of [[1000, 1], [1200, 2]]) {
    const { asked, answer } = breakingServer(0, { ranges: true });
    await servingRequests(answer, async (address, folder) => {
      const part = new Uint8Array(length);
      part.set(CONTENT);
      await Deno.writeFile(`${folder}/a.bin.partial`, part);
      await download(`${address}a.bin`, folder);
      deepStrictEqual(asked.length, requests);
      deepStrictEqual(await Deno.readFile(`${folder}/a.bin`), CONTENT);
    });
  }
});
