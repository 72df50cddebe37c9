import { openArrays } from "./open_arrays.ts";
import type { ArrayFile } from "./stored_array.ts";

/** Opens a file. */
export type OpenArrays = (path: string) => Promise<ArrayFile>;

/** Returns `openArrays()` that reads each file once. */
export function openOnce(): OpenArrays {
  const opened = new Map<string, Promise<ArrayFile>>();
  return (path) => {
    const file = opened.get(path) ?? openArrays(path);
    opened.set(path, file);
    return file;
  };
}
