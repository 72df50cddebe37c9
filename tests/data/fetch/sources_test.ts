import { deepStrictEqual, match, rejects, throws } from "node:assert/strict";
import { sha256 } from "../../../lib/files/sha256.ts";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { BadInput } from "../../../lib/bad_input.ts";
import { encodeIdx, type IdxArray } from "../../../lib/data/formats/idx.ts";
import type { PinnedFile } from "../../../lib/data/collection.ts";
import {
  type IdxCollection,
  idxFiles,
} from "../../../lib/data/formats/idx_folder.ts";
import {
  addressSource,
  findData,
  NoSource,
  type Source,
  userSource,
} from "../../../lib/data/fetch/sources.ts";
import { inFolder } from "../../cli/program.ts";

const TINY: Record<string, IdxArray> = {
  "train-images": { shape: [3, 1, 2], data: Uint8Array.of(1, 2, 3, 4, 5, 6) },
  "train-labels": { shape: [3], data: Uint8Array.of(0, 1, 1) },
  "test-images": { shape: [1, 1, 2], data: Uint8Array.of(7, 8) },
  "test-labels": { shape: [1], data: Uint8Array.of(1) },
};

const pinned = (name: string): PinnedFile => ({
  name,
  sha256: sha256(encodeIdx(TINY[name])),
});

const IDX: IdxCollection = {
  height: 1,
  width: 2,
  classes: 2,
  train: { images: pinned("train-images"), labels: pinned("train-labels") },
  test: { images: pinned("test-images"), labels: pinned("test-labels") },
};

const COLLECTION = idxFiles(IDX);
const ARCHIVES = Object.keys(TINY).map((name) => `${name}.gz`);

/** A folder with all four files, compressed or not. */
async function folderWith(path: string, compressed = true): Promise<string> {
  await Deno.mkdir(path, { recursive: true });
  for (const [name, array] of Object.entries(TINY)) {
    const bytes = encodeIdx(array);
    const file = join(path, compressed ? `${name}.gz` : name);
    await Deno.writeFile(file, compressed ? gzipSync(bytes) : bytes);
  }
  return path;
}

const source = (folder: string, title = "a folder"): Source => ({
  title,
  folder,
});

for (const compressed of [true, false]) {
  const state = compressed ? "compressed" : "plain";
  Deno.test(`findData() reads a folder of ${state} files`, async () => {
    await inFolder(async (root) => {
      const folder = await folderWith(join(root, "here"), compressed);
      const found = await findData([source(folder)], COLLECTION);
      deepStrictEqual(found.folder, folder);
      deepStrictEqual([...found.train.images], [1, 2, 3, 4, 5, 6]);
      deepStrictEqual(found.train.labels, Int32Array.of(0, 1, 1));
      deepStrictEqual([...found.test.images], [7, 8]);
    });
  });
}

Deno.test("findData() uses the first source that has the files", async () => {
  await inFolder(async (root) => {
    const second = await folderWith(join(root, "second"));
    const third = await folderWith(join(root, "third"));
    const found = await findData(
      [source(join(root, "first")), source(second), source(third)],
      COLLECTION,
    );
    deepStrictEqual(found.folder, second);
  });
});

const damages: [string, (folder: string) => Promise<void>, RegExp][] = [
  [
    "with one byte changed",
    async (folder) => {
      const bytes = encodeIdx(TINY["train-images"]);
      bytes[bytes.length - 1] ^= 1;
      await Deno.writeFile(join(folder, "train-images.gz"), gzipSync(bytes));
    },
    /Cannot use .*train-images\.gz as it is damaged: the SHA-256 of its/,
  ],
  [
    "cut short",
    async (folder) => {
      const path = join(folder, "test-images.gz");
      const bytes = await Deno.readFile(path);
      await Deno.writeFile(path, bytes.subarray(0, bytes.length - 4));
    },
    /Cannot use .*test-images\.gz as it is damaged: unexpected end of file/,
  ],
  [
    "that is missing while others exist",
    (folder) => Deno.remove(join(folder, "test-labels.gz")),
    /Cannot find test-labels or test-labels\.gz in/,
  ],
];
for (const [what, damage, message] of damages) {
  Deno.test(`findData() names a file ${what} and tries the next source`, async () => {
    await inFolder(async (root) => {
      const bad = await folderWith(join(root, "bad"));
      await damage(bad);
      const good = await folderWith(join(root, "good"));
      const lines: string[] = [];
      const found = await findData(
        [source(bad), source(good)],
        COLLECTION,
        (line) => lines.push(line),
      );
      deepStrictEqual(found.folder, good);
      deepStrictEqual(lines.length, 1);
      match(lines[0], message);
    });
  });

  Deno.test(`findData() refuses a file ${what} in ILS_DATA_DIR`, async () => {
    await inFolder(async (root) => {
      await damage(await folderWith(join(root, "mnist")));
      const good = await folderWith(join(root, "good"));
      await rejects(
        findData([userSource(root, "mnist"), source(good)], COLLECTION),
        (error) => error instanceof BadInput && message.test(error.message),
      );
    });
  });
}

Deno.test("userSource() uses the folder itself or its subfolder by name", () => {
  const root = Deno.makeTempDirSync();
  try {
    deepStrictEqual(userSource(root, "mnist").folder, root);
    Deno.mkdirSync(join(root, "mnist"));
    deepStrictEqual(userSource(root, "mnist").folder, join(root, "mnist"));
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});

Deno.test("userSource() refuses what is not a folder", () => {
  throws(
    () => userSource("/no/such/folder", "mnist"),
    /ILS_DATA_DIR must name a folder: current value is \/no\/such\/folder/,
  );
});

Deno.test("findData() reports a failed source only if another one follows", async () => {
  await inFolder(async (root) => {
    const failing = (title: string): Source => ({
      title,
      folder: join(root, "folder"),
      fetchInto: () => Promise.reject(new Error("no connection")),
    });
    const lines: string[] = [];
    await rejects(
      findData(
        [source(join(root, "a")), failing("one"), failing("two")],
        COLLECTION,
        (line) => lines.push(line),
      ),
      (error) => error instanceof NoSource && !error.damaged,
    );
    deepStrictEqual(lines, ["one: no connection; trying the next source"]);
  });
});

Deno.test("findData() distinguishes damaged files from missing ones", async () => {
  await inFolder(async (root) => {
    const bad = await folderWith(join(root, "bad"));
    await Deno.remove(join(bad, "test-labels.gz"));
    await rejects(
      findData([source(bad), source(join(root, "none"))], COLLECTION),
      (error) => error instanceof NoSource && error.damaged,
    );
  });
});

Deno.test("findData() lists every source's reason if none can be used", async () => {
  await inFolder(async (root) => {
    const broken: Source = {
      title: "a package",
      folder: join(root, "folder"),
      fetchInto: () => Promise.reject(new Error("apt-get is missing")),
    };
    await rejects(
      findData([source(join(root, "a"), "one"), broken], COLLECTION),
      /Cannot find the data set; one: not in .*\/a; a package: apt-get is missing\. To add it manually, put train-images, .* into .*\/folder or into the folder named by ILS_DATA_DIR$/,
    );
    deepStrictEqual([...Deno.readDirSync(root)], []);
  });
});

/** Serves the files of a folder on loopback. */
async function serving(
  folder: string,
  use: (address: string) => Promise<void>,
) {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const path = join(folder, new URL(request.url).pathname);
      const bytes = await Deno.readFile(path).catch(() => undefined);
      return bytes === undefined
        ? new Response(null, { status: 404 })
        : new Response(bytes);
    },
  );
  try {
    await use(`http://127.0.0.1:${server.addr.port}/`);
  } finally {
    await server.shutdown();
  }
}

Deno.test("addressSource() downloads the files to the folder", async () => {
  await inFolder(async (root) => {
    const remote = await folderWith(join(root, "remote"));
    const folder = join(root, "data", "mnist");
    await serving(remote, async (address) => {
      const from = addressSource(address, folder, ARCHIVES);
      const found = await findData([from], COLLECTION);
      deepStrictEqual(found.folder, folder);
    });
    // Now without the server.
    const again = await findData([source(folder)], COLLECTION);
    deepStrictEqual([...again.test.images], [7, 8]);
    deepStrictEqual(namesIn(join(root, "data")), ["mnist"]);
  });
});

Deno.test("addressSource() replaces damaged files and no others", async () => {
  await inFolder(async (root) => {
    const remote = await folderWith(join(root, "remote"));
    const folder = await folderWith(join(root, "data", "mnist"));
    await Deno.writeTextFile(join(folder, "train-labels.gz"), "no archive");
    await Deno.writeTextFile(join(folder, "notes.txt"), "my notes");
    await serving(remote, async (address) => {
      const sources = [
        source(folder),
        addressSource(address, folder, ARCHIVES),
      ];
      const found = await findData(sources, COLLECTION);
      deepStrictEqual(found.train.labels, Int32Array.of(0, 1, 1));
    });
    await findData([source(folder)], COLLECTION);
    deepStrictEqual(
      Deno.readTextFileSync(join(folder, "notes.txt")),
      "my notes",
    );
    deepStrictEqual(namesIn(join(root, "data")), ["mnist"]);
  });
});

Deno.test("addressSource() replaces a link and not its target", async () => {
  await inFolder(async (root) => {
    const remote = await folderWith(join(root, "remote"));
    const shared = join(root, "shared");
    await Deno.mkdir(shared);
    await Deno.writeTextFile(join(shared, "notes.txt"), "my notes");
    await Deno.mkdir(join(root, "data"));
    const folder = join(root, "data", "mnist");
    await Deno.symlink(shared, folder);
    await serving(remote, async (address) => {
      await findData([addressSource(address, folder, ARCHIVES)], COLLECTION);
    });
    deepStrictEqual(namesIn(shared), ["notes.txt"]);
    deepStrictEqual(namesIn(folder).sort(), ARCHIVES.toSorted());
  });
});

Deno.test("addressSource() keeps nothing from a server with wrong files", async () => {
  await inFolder(async (root) => {
    const remote = await folderWith(join(root, "remote"));
    await Deno.writeFile(join(remote, "test-labels.gz"), gzipSync("1"));
    const folder = join(root, "data", "mnist");
    await serving(remote, async (address) => {
      const from = addressSource(address, folder, ARCHIVES);
      await rejects(
        findData([from], COLLECTION),
        /test-labels\.gz as it is dam/,
      );
    });
    deepStrictEqual(namesIn(join(root, "data")), []);
  });
});

function namesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map((entry) => entry.name);
}

Deno.test("addressSource() keeps the files of an interrupted download", async () => {
  await inFolder(async (root) => {
    const remote = await folderWith(join(root, "remote"));
    await Deno.remove(join(remote, "test-labels.gz"));
    const folder = join(root, "data", "mnist");
    await serving(remote, async (address) => {
      const from = addressSource(address, folder, ARCHIVES);
      await rejects(findData([from], COLLECTION), /the server answered 404/);
      deepStrictEqual(namesIn(join(root, "data")), ["mnist.partial-fetch"]);
      await folderWith(remote);
      // Existing files are not requested again.
      await Deno.remove(join(remote, "train-images.gz"));
      await findData([from], COLLECTION);
    });
    deepStrictEqual(namesIn(join(root, "data")), ["mnist"]);
    deepStrictEqual(namesIn(folder).sort(), ARCHIVES.toSorted());
  });
});

Deno.test("of two processes that fetch the same data, one waits and uses the other's files", async () => {
  await inFolder(async (root) => {
    const remote = await folderWith(join(root, "remote"));
    const folder = join(root, "data", "mnist");
    const lines: string[] = [];
    await serving(remote, async (address) => {
      const from = addressSource(address, folder, ARCHIVES);
      const find = () =>
        findData([from], COLLECTION, (line, passing) => {
          if (passing === undefined) lines.push(line);
        });
      const [one, other] = await Promise.all([find(), find()]);
      deepStrictEqual(one, other);
    });
    deepStrictEqual(
      lines.filter((line) => line.startsWith("Downloading")).length,
      1,
    );
    deepStrictEqual(namesIn(join(root, "data")), ["mnist"]);
  });
});
