const BOOLEANS: Readonly<Record<string, number>> = { false: 0, true: 1 };

/** Texts such as `True` and `false` as 1 and 0; undefined if one is another text. */
export function booleansIn(texts: readonly string[]): Uint8Array | undefined {
  const values = new Uint8Array(texts.length);
  for (const [i, text] of texts.entries()) {
    const value = BOOLEANS[text.trim().toLowerCase()];
    if (value === undefined) return undefined;
    values[i] = value;
  }
  return values;
}
