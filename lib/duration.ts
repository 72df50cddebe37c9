/**
 * Seconds as a person says them: `4.2 s`, `45 s`, `3 min 20 s`, `2 h 05 min`,
 * `12 days`.
 *
 * @param seconds at least 0
 */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const pad = (value: number) => String(value).padStart(2, "0");
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes < 60) return `${minutes} min ${pad(whole % 60)} s`;
  if (hours >= 96) return `${Math.round(whole / 86_400)} days`;
  return `${hours} h ${pad(minutes % 60)} min`;
}
