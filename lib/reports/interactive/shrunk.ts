import type { Picture } from "../../plots/parts/png.ts";

/**
 * A picture whose longer side is at most `most` pixels: each of its pixels is the mean
 * of a square of the original; what does not fill a square is left out.
 */
export function shrunk(picture: Picture, most: number): Picture {
  const { pixels, channels } = picture;
  const factor = Math.ceil(Math.max(picture.width, picture.height) / most);
  if (factor === 1) return picture;
  const [width, height] = [picture.width, picture.height]
    .map((length) => Math.max(1, Math.floor(length / factor)));
  const small = new Uint8Array(width * height * channels);
  for (let at = 0; at < small.length; at++) {
    const channel = at % channels;
    const x = Math.floor(at / channels) % width * factor;
    const y = Math.floor(at / channels / width) * factor;
    const [right, below] = [
      Math.min(x + factor, picture.width),
      Math.min(y + factor, picture.height),
    ];
    let sum = 0;
    for (let row = y; row < below; row++) {
      for (let column = x; column < right; column++) {
        sum += pixels[(row * picture.width + column) * channels + channel];
      }
    }
    small[at] = Math.round(sum / ((right - x) * (below - y)));
  }
  return { pixels: small, width, height, channels };
}
