/** Words as phrases are compared by: `l'accès` is two, whichever apostrophe it is written with. */
export function tokensOf(words: readonly string[]): readonly string[] {
  if (!words.some((word) => word.includes("'") || word.includes('’'))) return words;
  return words.flatMap((word) => (/['’]/.test(word) ? word.split(/['’]/) : word));
}
