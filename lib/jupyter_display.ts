/**
 * The symbol under which a value tells Jupyter's Deno kernel how to show it: a
 * method that returns a MIME bundle. Being a registered symbol, it needs no
 * `Deno.jupyter`, which exists under the kernel alone.
 */
export const jupyterDisplay: unique symbol = Symbol.for("Jupyter.display");

/** Content by MIME type; a front end shows the richest one that it knows. */
export type MimeBundle = Record<string, string>;
