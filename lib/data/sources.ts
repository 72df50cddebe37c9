import { dirname, join } from "node:path";
import { BadInput } from "../bad_input.ts";
import { unpackDebianPackage } from "./debian_package.ts";
import { download } from "./download.ts";
import {
  filesOf,
  findFile,
  type IdxCollection,
  readIdxFolder,
} from "./idx_folder.ts";
import type { ImageSet } from "./image_set.ts";
import { reasonOf, type Report, silent } from "./report.ts";

/** One place where a data set may be, or may be had from. */
export interface Source {
  readonly title: string;
  /** The folder that holds the files, or will once `bring` is done. */
  readonly folder: string;
  /** Named by the user, so that a damaged file there is an error. */
  readonly binding?: boolean;
  /** Puts the files into an empty folder, from where they are moved. */
  readonly bring?: (folder: string, report: Report) => Promise<void>;
}

/** A data set's images and the folder they were read from. */
export interface Found {
  readonly folder: string;
  readonly train: ImageSet;
  readonly test: ImageSet;
}

/**
 * The first source whose files are all there and whole. A source that lacks
 * them is passed over; one whose files are damaged is passed over and named.
 *
 * @throws {BadInput} if a binding source is damaged
 * @throws {Error} with every source's reason if none can be used
 */
export async function findIdx(
  sources: readonly Source[],
  collection: IdxCollection,
  report: Report = silent,
): Promise<Found> {
  const reasons: string[] = [];
  for (const source of sources) {
    try {
      if (source.bring !== undefined) {
        return await bringWhole(source, source.bring, collection, report);
      }
      if (await holdsNothing(source.folder, collection)) {
        reasons.push(`${source.title}: not in ${source.folder}`);
        continue;
      }
      const sets = await readIdxFolder(source.folder, collection);
      return { folder: source.folder, ...sets };
    } catch (error) {
      if (source.binding) throw error;
      report(`${source.title}: ${reasonOf(error)}; going on`);
      reasons.push(`${source.title}: ${reasonOf(error)}`);
    }
  }
  throw new Error(`Cannot find the data set. ${reasons.join("; ")}`);
}

async function holdsNothing(folder: string, collection: IdxCollection) {
  for (const { name } of filesOf(collection)) {
    if (await findFile(folder, name) !== undefined) return false;
  }
  return true;
}

/** Brings files beside their folder, checks them there, then moves them in. */
async function bringWhole(
  { folder }: Source,
  bring: NonNullable<Source["bring"]>,
  collection: IdxCollection,
  report: Report,
): Promise<Found> {
  await Deno.mkdir(dirname(folder), { recursive: true });
  const temporary = await Deno.makeTempDir({
    dir: dirname(folder),
    prefix: "fetch.partial-",
  });
  try {
    await Deno.chmod(temporary, 0o755);
    await bring(temporary, report);
    const sets = await readIdxFolder(temporary, collection);
    await Deno.remove(folder, { recursive: true }).catch(unlessAbsent);
    await Deno.rename(temporary, folder);
    report(`Kept in ${folder}`);
    return { folder, ...sets };
  } finally {
    await Deno.remove(temporary, { recursive: true }).catch(unlessAbsent);
  }
}

function unlessAbsent(error: unknown) {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

/** The folder that `ILS_DATA_DIR` names, or its part for this data set. */
export function givenSource(directory: string, name: string): Source {
  const isFolder = (path: string) => {
    try {
      return Deno.statSync(path).isDirectory;
    } catch {
      return false;
    }
  };
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

/** The four archives below an address that ends in a slash. */
export function addressSource(
  address: string,
  folder: string,
  collection: IdxCollection,
): Source {
  return {
    title: "the official address",
    folder,
    bring: async (into, report) => {
      report(`Fetching from ${address}`);
      for (const { name } of filesOf(collection)) {
        await download(`${address}${name}.gz`, into, { report });
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
        const found = await findFile(join(tree, inside), file.name);
        if (found === undefined) throw new Error(`${file.name} is not in it`);
        await Deno.rename(found, join(into, `${file.name}.gz`));
      }
      await Deno.remove(tree, { recursive: true });
    },
  };
}
