import type { NoiseMeasure } from "../../cost/measure_noise.ts";

/** Memory limit of a measured step on a CPU, in bytes. */
const CPU_MEMORY = 2e9;

/**
 * Returns measurements on noise. Loads TensorFlow, which nothing but the
 * measurement needs.
 *
 * @param log called with lines that name what is being measured
 */
export async function measureOnNoise(
  log: (text: string) => void,
): Promise<NoiseMeasure> {
  const { engineInfo } = await import("../../engine/engine.ts");
  const { noiseMeasure } = await import("../../cost/measure_noise.ts");
  return noiseMeasure({
    onMeasure: (name) => log(`Measuring a step of ${name}\n`),
    ...(engineInfo().device === "gpu" ? {} : { memory: CPU_MEMORY }),
  });
}
