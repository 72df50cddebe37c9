/** JSON inside a script element, where `</script>` or `<!--` would end the data. */
export function scriptJson(data: unknown): string {
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}
