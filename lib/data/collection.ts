import type { ImageSet } from "./image_set.ts";

/** A file by its name and by the SHA-256 of its content. */
export interface PinnedFile {
  readonly name: string;
  readonly sha256: string;
}

/** The images of a data set, and the files that were checked for them. */
export interface Contents {
  readonly train: ImageSet;
  readonly test: ImageSet;
  /** With the SHA-256 that each was found to have. */
  readonly files: readonly PinnedFile[];
}

/** What is known beforehand of a data set's files, and how to read them. */
export interface Collection {
  /** What a person has to put into a folder, for a message. */
  readonly wanted: string;
  /** Whether a folder holds any of the files, whole or not. */
  isIn(folder: string): boolean;
  /**
   * Reads and checks them.
   *
   * @throws {BadInput} that names the file if one is missing, cut or damaged
   */
  read(folder: string): Promise<Contents>;
}
