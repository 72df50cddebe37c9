/**
 * Returns those of some missing files that the project does not commit, by git's rules;
 * none if the folder is not in a repository.
 *
 * @param paths relative to the folder
 */
export async function uncommitted(
  folder: string,
  paths: readonly string[],
): Promise<string[]> {
  if (paths.length === 0) return [];
  try {
    const { stdout } = await new Deno.Command("git", {
      args: ["check-ignore", "--", ...paths],
      cwd: folder,
      stderr: "null",
    }).output();
    const ignored = new TextDecoder().decode(stdout).split("\n");
    return paths.filter((path) => ignored.includes(path));
  } catch (error) {
    // There is no git.
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
