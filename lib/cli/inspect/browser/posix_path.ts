/** The part of `node:path` that names of models need, in a page. */

/** The last part of a path. */
export function basename(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** All before the last part of a path; "." without a folder. */
export function dirname(path: string): string {
  const end = path.lastIndexOf("/");
  return end < 0 ? "." : path.slice(0, Math.max(1, end));
}

/** Joins a folder and a name. */
export function join(folder: string, name: string): string {
  return folder === "." ? name : `${folder}/${name}`;
}
