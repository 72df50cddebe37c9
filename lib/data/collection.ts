import type { ImageSet } from "./image_set.ts";

/** A file and the checksum of its content. */
export interface PinnedFile {
  /** File name without its folder. */
  readonly name: string;
  /** SHA-256 of the content, in hexadecimal. */
  readonly sha256: string;
}

/** The images of a data set and the files from which they were read. */
export interface Contents {
  readonly train: ImageSet;
  readonly test: ImageSet;
  /** Files with their verified checksums. */
  readonly files: readonly PinnedFile[];
}

/** The files of a known data set and how to read them. */
export interface Collection {
  /** Names of the files, for messages. */
  readonly fileNames: string;
  /** Whether a folder contains any of the files, complete or not. */
  isIn(folder: string): boolean;
  /**
   * Reads the files and checks their checksums.
   *
   * @throws {BadInput} naming the file, if one is missing, incomplete or damaged
   */
  read(folder: string): Promise<Contents>;
}
