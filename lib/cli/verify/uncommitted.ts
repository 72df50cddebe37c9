import { git } from "../../reproduce/git.ts";

/**
 * Returns those of some missing files that the project does not commit, by git's rules;
 * none if the folder is not in a repository.
 *
 * @param paths relative to the folder
 * @param onRefused called with the repository if git does not read another user's
 */
export async function uncommitted(
  folder: string,
  paths: readonly string[],
  onRefused: (repository: string) => void,
): Promise<string[]> {
  if (paths.length === 0) return [];
  const args = ["check-ignore", "--", ...paths];
  const ignored = (await git(folder, args, onRefused) ?? "").split("\n");
  return paths.filter((path) => ignored.includes(path));
}
