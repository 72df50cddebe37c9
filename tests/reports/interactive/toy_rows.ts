/** Images that models see differently. */
import { asLogits, pointsOf } from "../../../lib/matrix_kinds.ts";
import { matrix } from "../../../lib/matrix.ts";
import { stream } from "../../../lib/random.ts";
import { imageRows } from "../../../lib/reports/interactive/image_rows.ts";

const ROWS = 60;

/** Names of three classes. */
const CLASSES = ["Shirt", "Coat", "Bag"];

/** A network whose logits and picture depend on its name. */
function network(method: string, labels: Int32Array) {
  const random = stream(1, method);
  const logits = Float32Array.from(
    { length: ROWS * CLASSES.length },
    (_, at) =>
      random.normal() +
      (at % CLASSES.length === labels[Math.floor(at / CLASSES.length)] ? 2 : 0),
  );
  const embedding = pointsOf(
    Array.from(labels, (label) => [
      20 * label + 5 * random.normal(),
      8 * random.normal(),
    ]),
  );
  return {
    method,
    logits: asLogits(matrix(logits, CLASSES.length)),
    embedding,
  };
}

/** 60 images of three classes, and two networks. */
export async function toyRows(classNames: readonly string[] = CLASSES) {
  const labels = Int32Array.from({ length: ROWS }, (_, i) => i % 3);
  const random = stream(1, "pixels");
  const pixels = () =>
    Uint8Array.from({ length: 64 }, () => random.integer(256));
  return await imageRows(["ce", "ls"].map((name) => network(name, labels)), {
    classNames,
    labels,
    numbers: Array.from(labels, (_, i) => 100 + i),
    images: Array.from(
      labels,
      () => ({ pixels: pixels(), width: 8, height: 8, channels: 1 }),
    ),
  });
}
