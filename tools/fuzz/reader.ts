import { join } from "node:path";

/** The content of a file. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A reader of one kind of file. */
export interface Reader {
  readonly name: string;
  /** Name of the file that is changed, in a folder of its own. */
  readonly file: string;
  /** Valid files; `folder` is empty, and may receive what belongs to them. */
  readonly samples: (folder: string) => Promise<Bytes[]>;
  /**
   * Reads the file in a folder.
   *
   * @throws {BadInput} if it is damaged
   */
  readonly read: (folder: string, path: string) => Promise<unknown>;
}

/** A reader that is ready to read changed files. */
export interface OpenReader {
  readonly samples: readonly Bytes[];
  /** Writes a file and reads it. */
  read(bytes: Bytes): Promise<unknown>;
}

/** Prepares the folder of a reader. */
export async function openReader(
  { samples, read, file }: Reader,
  folder: string,
): Promise<OpenReader> {
  const path = join(folder, file);
  return {
    samples: await samples(folder),
    async read(bytes) {
      await Deno.writeFile(path, bytes);
      return await read(folder, path);
    },
  };
}
