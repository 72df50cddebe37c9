const STANDARD_ERROR = 2;

const WRITE_ONLY = 1;

const libc = Deno.build.os === "linux"
  ? Deno.dlopen("libc.so.6", {
    dup: { parameters: ["i32"], result: "i32" },
    dup2: { parameters: ["i32", "i32"], result: "i32" },
    open: { parameters: ["buffer", "i32"], result: "i32" },
    close: { parameters: ["i32"], result: "i32" },
  }).symbols
  : undefined;

/**
 * Calls a function while libraries cannot write to standard error: on Linux it leads to
 * `/dev/null` meanwhile. Errors are thrown as ever.
 */
export function muted<Result>(work: () => Result): Result {
  if (libc === undefined) return work();
  const saved = libc.dup(STANDARD_ERROR);
  const path = new TextEncoder().encode("/dev/null\0");
  const devNull = libc.open(path, WRITE_ONLY);
  libc.dup2(devNull, STANDARD_ERROR);
  libc.close(devNull);
  try {
    return work();
  } finally {
    libc.dup2(saved, STANDARD_ERROR);
    libc.close(saved);
  }
}
