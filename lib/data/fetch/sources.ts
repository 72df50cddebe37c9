import { join } from "node:path";
import { BadInput } from "../../bad_input.ts";
import { isFolder } from "../../files/folders.ts";
import { fetchComplete } from "./fetch_complete.ts";
import type { Collection, Contents } from "../collection.ts";
import { unpackDebianPackage } from "../formats/deb.ts";
import { download } from "./download.ts";
import {
  filesOf,
  findFile,
  type IdxCollection,
} from "../formats/idx_folder.ts";
import { reasonOf, type Report, silent } from "../report.ts";

/** A place where a data set may be, or from which it may be fetched. */
export interface Source {
  /** Name of the source in messages. */
  readonly title: string;
  /** Folder of the files; with `fetchInto`, after they are fetched. */
  readonly folder: string;
  /** Whether damaged files are an error, because the user chose the folder. */
  readonly required?: boolean;
  /** Fetches the files into a temporary folder, from which they are moved. */
  readonly fetchInto?: (folder: string, report: Report) => Promise<void>;
  /** Whether `fetchInto` resumes an earlier, interrupted call. */
  readonly resumes?: boolean;
}

/** The contents of a data set and the folder from which they were read. */
export interface Found extends Contents {
  readonly folder: string;
}

/** No source of a data set can be used. */
export class NoSource extends Error {
  override name = "NoSource";

  /** @param damaged whether a source has files, but not complete and correct */
  constructor(message: string, readonly damaged: boolean) {
    super(message);
  }
}

/**
 * Reads a data set from the first source with complete and correct files. Sources
 * without the files are skipped; sources with damaged files are skipped and reported.
 *
 * @throws {BadInput} if the files of a required source are damaged
 * @throws {NoSource} if no source can be used, with the reason of each and the folder
 * for files that are downloaded manually
 */
export async function findData(
  sources: readonly Source[],
  collection: Collection,
  report: Report = silent,
): Promise<Found> {
  const reasons: string[] = [];
  let damaged = false;
  for (const [i, source] of sources.entries()) {
    try {
      const { title, folder, fetchInto, resumes = false } = source;
      if (fetchInto !== undefined) {
        const options = { folder, fetchInto, resumes };
        const contents = await fetchComplete(options, collection, report);
        return { folder, ...contents };
      }
      if (collection.isIn(folder)) {
        return { folder, ...await collection.read(folder) };
      }
      reasons.push(`${title}: not in ${folder}`);
    } catch (error) {
      if (source.required) throw error;
      const reason = `${source.title}: ${reasonOf(error)}`;
      damaged ||= source.fetchInto === undefined;
      // The error has the reason of the last source.
      if (i < sources.length - 1) report(`${reason}; trying the next source`);
      reasons.push(reason);
    }
  }
  const fetched = sources.find(({ fetchInto }) => fetchInto !== undefined);
  const manually = fetched === undefined
    ? ""
    : `. To add it manually, put ${collection.fileNames} into ` +
      `${fetched.folder} or into the folder named by ILS_DATA_DIR`;
  throw new NoSource(
    `Cannot find the data set; ${reasons.join("; ")}${manually}`,
    damaged,
  );
}

/** The folder named by `ILS_DATA_DIR`, or its subfolder for this data set. */
export function userSource(directory: string, name: string): Source {
  if (!isFolder(directory)) {
    throw new BadInput(
      `Cannot look for data as ILS_DATA_DIR must name a folder: ` +
        `current value is ${directory}`,
    );
  }
  const subfolder = join(directory, name);
  return {
    title: "ILS_DATA_DIR",
    folder: isFolder(subfolder) ? subfolder : directory,
    required: true,
  };
}

/** Files to download from below an address that ends in a slash. */
export function addressSource(
  address: string,
  folder: string,
  names: readonly string[],
): Source {
  return {
    title: "the official address",
    folder,
    resumes: true,
    fetchInto: async (into, report) => {
      report(`Downloading from ${address}`);
      for (const name of names) {
        await download(`${address}${name}`, into, { report });
      }
    },
  };
}

/** A Debian package with the files in its folder `inside`. */
export function debianSource(
  name: string,
  inside: string,
  { folder, collection }: { folder: string; collection: IdxCollection },
): Source {
  return {
    title: `Debian's package ${name}`,
    folder,
    fetchInto: async (into, report) => {
      const tree = join(into, "package");
      await Deno.mkdir(tree);
      await unpackDebianPackage(name, tree, report);
      for (const file of filesOf(collection)) {
        const found = findFile(join(tree, inside), file.name);
        if (found === undefined) throw new Error(`${file.name} is not in it`);
        await Deno.rename(found, join(into, `${file.name}.gz`));
      }
      await Deno.remove(tree, { recursive: true });
    },
  };
}
