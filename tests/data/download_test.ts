import { deepStrictEqual, ok, rejects } from "node:assert/strict";
import { download } from "../../lib/data/download.ts";

/** A server on loopback, as the official address has the files. */
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

Deno.test("download() keeps the bytes and reports how far it is", async () => {
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

Deno.test("download() names the address and an answer that is no file", async () => {
  const answer = () => new Response("gone", { status: 404 });
  await serving(answer, async (address, folder) => {
    await rejects(
      download(`${address}train.gz`, folder),
      /^Error: Cannot download http.*train\.gz: the server answered 404$/,
    );
  });
});

Deno.test("download() gives up on a server that falls silent", async () => {
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
      download(`${address}train.gz`, folder, { patienceMs: 200 }),
      /no answer for 0\.2 s/,
    );
    ok(performance.now() - started < 5_000);
    stop();
  });
});

Deno.test("download() says so where nobody answers", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  await rejects(
    download(`http://127.0.0.1:${port}/train.gz`, "/nowhere"),
    /Cannot download http:\/\/127\.0\.0\.1:\d+\/train\.gz: .*refused/,
  );
});
