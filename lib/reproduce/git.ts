/**
 * What git prints on standard output in a folder.
 *
 * @param onRefused called with the folder of the repository, if git does not read it
 * because it belongs to another user
 * @returns undefined if it fails: there is no git, or no repository
 */
export async function git(
  folder: string,
  args: readonly string[],
  onRefused: (repository: string) => void,
): Promise<string | undefined> {
  try {
    const { success, stdout, stderr } = await new Deno.Command("git", {
      args: [...args],
      cwd: folder,
      env: { LC_ALL: "C" },
    }).output();
    const text = new TextDecoder();
    if (success) return text.decode(stdout);
    const refused = REFUSED.exec(text.decode(stderr));
    if (refused !== null) onRefused(refused[1]);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

const REFUSED = /detected dubious ownership in repository at '([^\n]*)'/;
