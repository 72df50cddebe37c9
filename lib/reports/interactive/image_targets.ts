import { softmax } from "../../logits/softmax.ts";
import { logitsOf } from "../../matrix_kinds.ts";
import type { TargetRow } from "../../plots/target_rows.ts";
import { parseMethod } from "../../smoothing/parse_method.ts";
import { buildTargets } from "../../smoothing/targets.ts";
import type { OneImage } from "./one_image.ts";

/** What a reader has chosen. */
export interface TargetSettings {
  /** In [0, 1): the amount, or the largest amount of `ilsq`. */
  readonly epsilon: number;
  /** Divides the teacher's logits. */
  readonly temperature: number;
}

/** The study's P1 and P2 of the quadratic amount. */
const QUADRATIC = { p1: 0.8, p2: 2 };

/**
 * The teacher's probabilities and the target of each method, by a reader's settings: the
 * same code in Deno and in a page.
 */
export function imageTargets(
  { classNames, label, logits }: OneImage,
  { epsilon, temperature }: TargetSettings,
): TargetRow[] {
  const teacher = { logits: logitsOf([logits]) };
  const target = (name: string, numbers: Parameters<typeof parseMethod>[1]) => {
    const { data } = buildTargets(parseMethod(name, numbers), {
      labels: Int32Array.of(label),
      classes: classNames.length,
      teacher,
    });
    return { method: name, probabilities: data };
  };
  return [
    {
      method: "teacher",
      probabilities: softmax(teacher.logits, temperature).data,
    },
    target("ls", { epsilon }),
    target("ils", { epsilon, temperature }),
    target("ils2", { epsilon, temperature }),
    target("ilsq", { ...QUADRATIC, maxEpsilon: epsilon, temperature }),
  ];
}
