import { basename, extname, join } from "node:path";
import { BadInput } from "../../bad_input.ts";
import type { Entries } from "./entries.ts";

const IMAGE = /\.(png|jpe?g|jpe|jfif)$/i;

const OTHER_IMAGE =
  /\.(gif|bmp|dib|webp|tiff?|hei[cf]|avif|jp2|jxl|dcm|dng|p[bgnp]m|svg|tga|exr)$/i;

const ARCHIVE = /\.(zip|tar|t?gz|tbz2|t?xz|bz2|zst|7z|rar)$/i;

/** Whether a file is a PNG or JPEG image by its name. */
export function isImageName(name: string): boolean {
  return IMAGE.test(name);
}

/** Whether a file is an archive by its name. */
export function isArchiveName(name: string): boolean {
  return ARCHIVE.test(name);
}

/**
 * The images in the folder of a class, and other files there, which are ignored.
 *
 * @throws {BadInput} naming a folder, an image of another format or an archive, whose
 * images would be missing
 */
export function classImages(
  folder: string,
  { files, folders }: Entries,
): { images: string[]; others: string[] } {
  const fail = (name: string, advice: string): never => {
    throw new BadInput(
      `Cannot use ${join(folder, name)}: the folder of a class must contain ` +
        `only PNG and JPEG files; ${advice}`,
    );
  };
  if (folders.length > 0) fail(folders[0], `move the images of this folder up`);
  for (const name of files) {
    if (OTHER_IMAGE.test(name)) fail(name, `convert ${extname(name)} files`);
    if (ARCHIVE.test(name)) fail(name, "unpack or remove this archive");
  }
  const paths = files.map((name) => join(folder, name));
  return {
    images: paths.filter(isImageName),
    others: paths.filter((path) => !isImageName(path)),
  };
}

/** Throws if a folder of classes contains images itself. */
export function checkNoImages(folder: string, files: readonly string[]): void {
  const image = files.find(isImageName);
  if (image === undefined) return;
  throw new BadInput(
    `Cannot use ${
      join(folder, image)
    }: an image must be in the folder of its ` +
      `class`,
  );
}

/** The error of a class without images. */
export function emptyClass(folder: string): BadInput {
  return new BadInput(
    `Cannot use class ${basename(folder)}: ${folder} contains no PNG or JPEG ` +
      `files`,
  );
}
