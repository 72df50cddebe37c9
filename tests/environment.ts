/**
 * Sets environment variables of this process, or removes those that are
 * undefined, until the end of the block:
 * `using _ = environment({ ILS_ENGINE: "eager" })`.
 */
export function environment(
  variables: Readonly<Record<string, string | undefined>>,
): Disposable {
  const before = Object.keys(variables)
    .map((name) => [name, Deno.env.get(name)] as const);
  setAll(Object.entries(variables));
  return { [Symbol.dispose]: () => setAll(before) };
}

function setAll(
  variables: readonly (readonly [name: string, value: string | undefined])[],
): void {
  for (const [name, value] of variables) {
    if (value === undefined) Deno.env.delete(name);
    else Deno.env.set(name, value);
  }
}
