/** The value of a Python literal; tuples are arrays, lists are objects. */
export type PythonValue =
  | string
  | number
  | boolean
  | null
  | readonly PythonValue[]
  | { readonly list: readonly PythonValue[] }
  | ReadonlyMap<string, PythonValue>;

// A punctuation mark, a string in either quotes, a whole number (Python 2 has a
// suffix L for long ones) or a word.
const TOKEN =
  /\s*(?:([{}()[\],:])|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([+-]?\d+)L?(?![\w.])|(True|False|None)(?!\w))/sy;
const WORDS = { True: true, False: false, None: null };
/** Largest nesting, above that of any header, to protect the stack. */
const DEEPEST = 32;

type Token = { readonly mark: string } | { readonly value: PythonValue };

/**
 * Parses a literal as Python's `ast.literal_eval` does: dictionaries with strings as
 * keys, tuples, lists, strings, whole numbers, `True`, `False` and `None`. Escape
 * sequences in strings are not replaced.
 *
 * @throws {SyntaxError} if the text is anything else
 */
export function parsePythonLiteral(text: string): PythonValue {
  const reader = new Reader(tokenise(text.trimEnd()));
  const value = reader.value(0);
  reader.end();
  return value;
}

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) {
      throw new SyntaxError(`it is not a Python literal at position ${start}`);
    }
    const [, mark, single, double, number, word] = match;
    const string = single ?? double;
    if (mark !== undefined) tokens.push({ mark });
    else if (string !== undefined) tokens.push({ value: string });
    else if (number !== undefined) tokens.push({ value: Number(number) });
    else tokens.push({ value: WORDS[word as keyof typeof WORDS] });
  }
  return tokens;
}

/** Reads tokens; each method consumes what its name says. */
class Reader {
  #at = 0;
  constructor(private readonly tokens: readonly Token[]) {}

  value(depth: number): PythonValue {
    if (depth > DEEPEST) throw new SyntaxError("too many brackets");
    const token = this.tokens[this.#at++];
    if (token === undefined) throw new SyntaxError("it ends too early");
    if ("value" in token) return token.value;
    if (token.mark === "{") return this.#entries(depth + 1);
    if (token.mark === "[") return { list: this.#items("]", depth + 1).items };
    if (token.mark !== "(") throw new SyntaxError(`unexpected ${token.mark}`);
    const { items, commas } = this.#items(")", depth + 1);
    // (3) is a number, (3,) a tuple.
    return items.length === 1 && commas === 0 ? items[0] : items;
  }

  end(): void {
    if (this.#at < this.tokens.length) {
      throw new SyntaxError("there is text after the end");
    }
  }

  #entries(depth: number): ReadonlyMap<string, PythonValue> {
    const entries = new Map<string, PythonValue>();
    while (!this.#takes("}")) {
      const key = this.value(depth);
      if (typeof key !== "string" || entries.has(key)) {
        throw new SyntaxError("keys must be different strings");
      }
      this.#expect(":");
      entries.set(key, this.value(depth));
      if (this.#takes("}")) break;
      this.#expect(",");
    }
    return entries;
  }

  #items(close: string, depth: number) {
    const items: PythonValue[] = [];
    let commas = 0;
    while (!this.#takes(close)) {
      items.push(this.value(depth));
      if (this.#takes(close)) break;
      this.#expect(",");
      commas++;
    }
    return { items, commas };
  }

  #takes(mark: string): boolean {
    const token = this.tokens[this.#at];
    const found = token !== undefined && "mark" in token && token.mark === mark;
    if (found) this.#at++;
    return found;
  }

  #expect(mark: string): void {
    if (!this.#takes(mark)) throw new SyntaxError(`${mark} is missing`);
  }
}
