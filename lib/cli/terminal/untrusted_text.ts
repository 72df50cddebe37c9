/** Why git does not read a repository of another user, and what allows it. */
export function untrustedText(repository: string): string {
  return `git does not read ${repository}, which belongs to another user; ` +
    `git config --global --add safe.directory '${repository}' allows it`;
}
