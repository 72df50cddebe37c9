/// <reference lib="dom" />

/**
 * The JSON in an element of the page whose script this is: it was written together with
 * the script, so its type is known.
 */
export function pageData<Data>(id: string): Data {
  return JSON.parse(document.getElementById(id)!.textContent!);
}
