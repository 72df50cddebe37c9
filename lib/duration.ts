/**
 * Formats a duration for people: `4.2 s`, `45 s`, `3 min 20 s`, `2 h 05 min` or
 * `12 days`.
 *
 * @param seconds at least 0
 */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const rounded = Math.round(seconds);
  const pad = (value: number) => String(value).padStart(2, "0");
  if (rounded < 60) return `${rounded} s`;
  const minutes = Math.floor(rounded / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes < 60) return `${minutes} min ${pad(rounded % 60)} s`;
  if (hours >= 96) return `${Math.round(rounded / 86_400)} days`;
  return `${hours} h ${pad(minutes % 60)} min`;
}
