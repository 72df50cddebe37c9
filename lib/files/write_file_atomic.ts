/**
 * Writes a file so that it is there whole or not at all: first under a
 * temporary name beside it, then renamed.
 */
export async function writeFileAtomic(
  path: string,
  content: Uint8Array | string,
): Promise<void> {
  const temporary = `${path}.partial-${Deno.pid}-${
    crypto.randomUUID().slice(0, 8)
  }`;
  try {
    if (typeof content === "string") {
      await Deno.writeTextFile(temporary, content);
    } else await Deno.writeFile(temporary, content);
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}
