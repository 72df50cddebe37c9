/**
 * What git prints on standard output in a folder.
 *
 * @param onRefused called with the reason, in one line, if git reads no repository there
 * because it belongs to another user
 * @returns undefined if it fails: there is no git, or no repository
 */
export async function git(
  folder: string,
  args: readonly string[],
  onRefused: (reason: string) => void,
): Promise<string | undefined> {
  try {
    const { success, stdout, stderr } = await new Deno.Command("git", {
      args: [...args],
      cwd: folder,
      env: { LC_ALL: "C" },
    }).output();
    const text = new TextDecoder();
    if (success) return text.decode(stdout);
    const [, root] = REFUSED.exec(text.decode(stderr)) ?? [];
    if (root !== undefined) {
      onRefused(
        `git does not read ${root}, which belongs to another user; ` +
          `git config --global --add safe.directory '${root}' allows it`,
      );
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

const REFUSED = /detected dubious ownership in repository at '([^\n]*)'/;
