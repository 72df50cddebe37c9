import { deepStrictEqual } from "node:assert/strict";
import { sha256, sha256OfParts } from "../../lib/files/sha256.ts";

/** FIPS 180-2, appendix B.1. */
const ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

Deno.test("sha256() returns the standard's digest of a text and of its bytes", () => {
  deepStrictEqual(sha256("abc"), ABC);
  deepStrictEqual(sha256(new TextEncoder().encode("abc")), ABC);
  deepStrictEqual(sha256OfParts(["a", new Uint8Array([98]), "c"]), ABC);
});
