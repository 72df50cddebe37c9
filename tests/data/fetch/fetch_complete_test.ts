/** Fetches beside other processes that fetch the same. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Collection } from "../../../lib/data/collection.ts";
import { fetchComplete } from "../../../lib/data/fetch/fetch_complete.ts";
import { inFolder } from "../../cli/program.ts";

const CONTENTS = {
  train: {} as never,
  test: {} as never,
  files: [],
};

const COLLECTION: Collection = {
  fileNames: "images",
  isIn: (folder) => names(folder).includes("images"),
  read: (folder) => {
    assert(names(folder).includes("images"));
    return Promise.resolve(CONTENTS);
  },
};

function names(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
}

/** Fetches a file into a folder. */
function fetchInto(
  folder: string,
  { resumes, onSaved = () => {} }: {
    readonly resumes: boolean;
    /** Called when the file is in its final folder. */
    readonly onSaved?: () => void;
  },
) {
  const options = {
    folder,
    resumes,
    fetchInto: (into: string) =>
      Deno.writeTextFile(join(into, "images"), "fetched"),
  };
  return fetchComplete(options, COLLECTION, (line) => {
    if (line.startsWith("Saved")) onSaved();
  });
}

Deno.test("a fetch that another process begins after the end of one is not removed with it", () =>
  inFolder(async (root) => {
    const folder = join(root, "data");
    const next = `${folder}.partial-fetch`;
    const begin = () => {
      Deno.mkdirSync(next);
      Deno.writeTextFileSync(join(next, "half"), "");
    };
    await fetchInto(folder, { resumes: true, onSaved: begin });
    assert.deepEqual(names(folder), ["images"]);
    assert.deepEqual(names(next), ["half"]);
  }));

Deno.test("what another process resumes is not removed by a fetch from elsewhere", () =>
  inFolder(async (root) => {
    const folder = join(root, "data");
    const place = `${folder}.partial-fetch`;
    Deno.mkdirSync(place);
    const lock = Deno.openSync(join(place, "lock"), {
      write: true,
      create: true,
    });
    lock.lockSync(true);
    await fetchInto(folder, { resumes: false });
    assert.deepEqual(names(root), ["data", "data.partial-fetch"]);
    lock.close();
    await fetchInto(folder, { resumes: false });
    assert.deepEqual(names(root), ["data"]);
  }));

Deno.test("a folder that appears before the fetched one is moved there is replaced, and its other files stay", () =>
  inFolder(async (root) => {
    const folder = join(root, "data");
    Deno.mkdirSync(folder);
    Deno.writeTextFileSync(join(folder, "notes"), "mine");
    const { rename } = Deno;
    let times = 0;
    Object.assign(Deno, {
      rename: async (from: string, to: string) => {
        // Two other processes were faster.
        if (to === folder && times++ < 2) {
          Deno.mkdirSync(folder);
          Deno.writeTextFileSync(join(folder, "images"), "other");
          Deno.writeTextFileSync(join(folder, `more-${times}`), "");
        }
        await rename(from, to);
      },
    });
    try {
      await fetchInto(folder, { resumes: false });
    } finally {
      Object.assign(Deno, { rename });
    }
    assert.deepEqual(names(root), ["data"]);
    assert.deepEqual(names(folder), ["images", "more-1", "more-2", "notes"]);
    assert.equal(Deno.readTextFileSync(join(folder, "images")), "fetched");
  }));
