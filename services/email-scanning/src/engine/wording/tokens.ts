const apostrophes = /['’]/;

/** Words as phrases are compared by: `l'accès` is two, whichever apostrophe it is written with. */
export function tokensOf(words: readonly string[]): readonly string[] {
  if (!words.some((word) => apostrophes.test(word))) return words;
  const tokens: string[] = [];
  for (const word of words) {
    if (apostrophes.test(word)) tokens.push(...word.split(apostrophes));
    else tokens.push(word);
  }
  return tokens;
}
