/**
 * A discrete cosine transform (DCT-I) of a fixed length, in place:
 *
 * `X_k = (x_0 + (-1)^k x_G) / 2 + sum_{0 < g < G} x_g cos(pi k g / G)`
 *
 * Applied twice, it multiplies by G / 2. It takes one real Fourier transform of G
 * numbers.
 *
 * @param G power of 2, at least 4
 * @returns a function of `[G + 1]` numbers
 * @see W. H. Press et al., "Numerical Recipes", section 12.4.2
 */
export function cosineTransform(G: number): (values: Float64Array) => void {
  const angle = Math.PI / G;
  const cos = Float64Array.from({ length: G }, (_, j) => Math.cos(angle * j));
  const sin = Float64Array.from({ length: G }, (_, j) => Math.sin(angle * j));
  const half = G / 2;
  const real = new Float64Array(half);
  const imaginary = new Float64Array(half);
  const transform = fourierTransform(half);
  return (x) => {
    const ends = (x[0] - x[G]) / 2;
    // X_1, from which the other odd ones follow.
    let odd = ends + fold(x, cos, sin);
    for (let j = 0; j < half; j++) {
      real[j] = x[2 * j];
      imaginary[j] = x[2 * j + 1];
    }
    transform(real, imaginary);
    x[0] = real[0] + imaginary[0];
    x[G] = real[0] - imaginary[0];
    x[1] = odd;
    for (let k = 1; k < half; k++) {
      // Entry k of the real transform, from entries k and -k of the packed one.
      const sumReal = (real[k] + real[half - k]) / 2;
      const sumImaginary = (imaginary[k] + imaginary[half - k]) / 2;
      const differenceReal = (real[k] - real[half - k]) / 2;
      const differenceImaginary = (imaginary[k] - imaginary[half - k]) / 2;
      const c = cos[2 * k];
      const s = sin[2 * k];
      x[2 * k] = sumReal + c * sumImaginary - s * differenceReal;
      odd -= differenceImaginary - s * sumImaginary - c * differenceReal;
      x[2 * k + 1] = odd;
    }
  };
}

/**
 * Folds x so that its real Fourier transform contains all X_k; returns the sum of the
 * inner terms of X_1.
 */
function fold(x: Float64Array, cos: Float64Array, sin: Float64Array): number {
  const G = cos.length;
  x[0] = (x[0] + x[G]) / 2;
  let odd = 0;
  for (let j = 1; j < G / 2; j++) {
    const mean = (x[j] + x[G - j]) / 2;
    const difference = x[j] - x[G - j];
    odd += cos[j] * difference;
    x[j] = mean - sin[j] * difference;
    x[G - j] = mean + sin[j] * difference;
  }
  return odd;
}

/** A complex Fourier transform of a fixed length, a power of 2, in place. */
function fourierTransform(
  n: number,
): (real: Float64Array, imaginary: Float64Array) => void {
  const cos = Float64Array.from(
    { length: n / 2 },
    (_, k) => Math.cos(2 * Math.PI * k / n),
  );
  const sin = Float64Array.from(
    { length: n / 2 },
    (_, k) => -Math.sin(2 * Math.PI * k / n),
  );
  const reversed = bitReversal(n);
  return (real, imaginary) => {
    swap(real, reversed);
    swap(imaginary, reversed);
    for (let size = 1; size < n; size *= 2) {
      const stride = n / (2 * size);
      for (let k = 0; k < size; k++) {
        const c = cos[k * stride];
        const s = sin[k * stride];
        for (let at = k; at < n; at += 2 * size) {
          const other = at + size;
          const re = c * real[other] - s * imaginary[other];
          const im = c * imaginary[other] + s * real[other];
          real[other] = real[at] - re;
          imaginary[other] = imaginary[at] - im;
          real[at] += re;
          imaginary[at] += im;
        }
      }
    }
  };
}

/** Each index with its bits in reverse order. */
function bitReversal(n: number): Int32Array {
  const reversed = new Int32Array(n);
  for (let i = 1; i < n; i++) {
    reversed[i] = (reversed[i >> 1] >> 1) + (i % 2 === 1 ? n / 2 : 0);
  }
  return reversed;
}

function swap(values: Float64Array, order: Int32Array): void {
  for (let i = 0; i < values.length; i++) {
    const j = order[i];
    if (j <= i) continue;
    const value = values[i];
    values[i] = values[j];
    values[j] = value;
  }
}
