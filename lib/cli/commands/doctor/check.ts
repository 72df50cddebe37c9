/** The result of checking one requirement. */
export interface Finding {
  readonly name: string;
  /** False if it does not work; null if it is missing but optional. */
  readonly works: boolean | null;
  /** One line: what was found, and what to do about it. */
  readonly detail: string;
}

/** Checks one requirement; an error becomes a finding that does not work. */
export async function runCheck(
  name: string,
  detail: () => Promise<string | Omit<Finding, "name">>,
): Promise<Finding> {
  try {
    const found = await detail();
    if (typeof found !== "string") return { name, ...found };
    return { name, works: true, detail: found };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { name, works: false, detail: reason.replaceAll(/\s+/g, " ") };
  }
}
