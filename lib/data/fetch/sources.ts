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

/** One place where a data set may be, or may be had from. */
export interface Source {
  readonly title: string;
  /** The folder that holds the files, or will once `bring` is done. */
  readonly folder: string;
  /** Named by the user, so that a damaged file there is an error. */
  readonly binding?: boolean;
  /** Puts the files into a folder apart, from where they are moved. */
  readonly bring?: (folder: string, report: Report) => Promise<void>;
  /** `bring` goes on from what an earlier, broken-off call left there. */
  readonly resumes?: boolean;
}

/** A data set's images and the folder they were read from. */
export interface Found extends Contents {
  readonly folder: string;
}

/**
 * The first source whose files are all there and whole. A source that lacks
 * them is passed over; one whose files are damaged is passed over and named.
 *
 * @throws {BadInput} if a binding source is damaged
 * @throws {Error} with every source's reason if none can be used, and what a
 * person may put where by hand
 */
export async function findData(
  sources: readonly Source[],
  collection: Collection,
  report: Report = silent,
): Promise<Found> {
  const reasons: string[] = [];
  for (const source of sources) {
    try {
      const { title, folder, bring, resumes = false } = source;
      if (bring !== undefined) {
        const bringing = { folder, bring, resumes };
        const contents = await fetchComplete(bringing, collection, report);
        return { folder, ...contents };
      }
      if (collection.isIn(folder)) {
        return { folder, ...await collection.read(folder) };
      }
      reasons.push(`${title}: not in ${folder}`);
    } catch (error) {
      if (source.binding) throw error;
      report(`${source.title}: ${reasonOf(error)}; going on`);
      reasons.push(`${source.title}: ${reasonOf(error)}`);
    }
  }
  const own = sources.find(({ bring }) => bring !== undefined);
  const byHand = own === undefined
    ? ""
    : `. By hand: put ${collection.wanted} into ${own.folder}, or into a ` +
      `folder that ILS_DATA_DIR names`;
  throw new Error(`Cannot find the data set. ${reasons.join("; ")}${byHand}`);
}

/** The folder that `ILS_DATA_DIR` names, or its part for this data set. */
export function givenSource(directory: string, name: string): Source {
  if (!isFolder(directory)) {
    throw new BadInput(
      `Cannot look for data as ILS_DATA_DIR must name a folder: ` +
        `current value is ${directory}`,
    );
  }
  const part = join(directory, name);
  return {
    title: "ILS_DATA_DIR",
    folder: isFolder(part) ? part : directory,
    binding: true,
  };
}

/** Files below an address that ends in a slash. */
export function addressSource(
  address: string,
  folder: string,
  names: readonly string[],
): Source {
  return {
    title: "the official address",
    folder,
    resumes: true,
    bring: async (into, report) => {
      report(`Fetching from ${address}`);
      for (const name of names) {
        await download(`${address}${name}`, into, { report });
      }
    },
  };
}

/** A Debian package that has the files in the folder `inside`. */
export function debianSource(
  name: string,
  inside: string,
  { folder, collection }: { folder: string; collection: IdxCollection },
): Source {
  return {
    title: `Debian's package ${name}`,
    folder,
    bring: async (into, report) => {
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
