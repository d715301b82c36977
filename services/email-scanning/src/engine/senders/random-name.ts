const vowels = new Set([...'aeiouyäöüáéíóúàèìòùâêîôûåæø']);

/**
 * Whether a name looks as if a program had drawn it: letters and digits change often, or consonants stand in a row that no language
 * has. Names of people and companies do not; abbreviations are too short to tell.
 */
export function looksRandom(name: string): boolean {
  if (name.length < 9 || name.length > 64) return false;
  let changes = 0;
  let digits = 0;
  let consonants = 0;
  let longest = 0;
  let letters = 0;
  let vowelCount = 0;
  let before: 'digit' | 'letter' | null = null;
  for (const char of name) {
    const digit = char >= '0' && char <= '9';
    const letter = !digit && char !== '-' && char !== '.' && char !== '_';
    if (digit) digits++;
    if (letter) letters++;
    if (letter && vowels.has(char)) vowelCount++;
    consonants = letter && !vowels.has(char) ? consonants + 1 : 0;
    longest = Math.max(longest, consonants);
    const kind = digit ? 'digit' : letter ? 'letter' : null;
    if (kind && before && kind !== before) changes++;
    before = kind;
  }
  if (changes >= 4 && digits >= 3) return true;
  return letters >= 9 && longest >= 5 && vowelCount / letters < 0.2;
}
