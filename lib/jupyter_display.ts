/**
 * The key of the method that returns a value's MIME bundle for Jupyter's Deno kernel.
 * Because the symbol is registered globally, `Deno.jupyter` is not needed; it exists
 * only in the kernel.
 */
export const jupyterDisplay: unique symbol = Symbol.for("Jupyter.display");

/** Content by MIME type; a front end shows the richest type it supports. */
export type MimeBundle = Record<string, string>;
