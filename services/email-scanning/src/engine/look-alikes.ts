/** Letters of Cyrillic, Greek and Armenian that look like Latin ones (from Unicode's confusables.txt, lower case). */
const latin: Record<string, string> = {
  ...{
    а: 'a',
    в: 'b',
    с: 'c',
    ԁ: 'd',
    е: 'e',
    ё: 'e',
    ғ: 'f',
    һ: 'h',
    і: 'i',
    ї: 'i',
    ј: 'j',
    к: 'k',
    ӏ: 'l',
  },
  ...{
    м: 'm',
    н: 'h',
    п: 'n',
    о: 'o',
    р: 'p',
    ԛ: 'q',
    г: 'r',
    ѕ: 's',
    т: 't',
    ц: 'u',
    ѵ: 'v',
    ԝ: 'w',
    х: 'x',
  },
  ...{ у: 'y', ү: 'y', ь: 'b' },
  ...{
    α: 'a',
    β: 'b',
    ϲ: 'c',
    ε: 'e',
    ϝ: 'f',
    η: 'n',
    ι: 'i',
    ϳ: 'j',
    κ: 'k',
    ν: 'v',
    ο: 'o',
    ρ: 'p',
    σ: 'o',
  },
  ...{ ς: 's', τ: 't', υ: 'u', ω: 'w', χ: 'x', γ: 'y', μ: 'u' },
  ...{ ո: 'n', օ: 'o', ս: 'u', հ: 'h', զ: 'q', ց: 'g', յ: 'j' },
};

const foreign = /[\u0370-\u058f]/;
const foreignLetters = /[\u0370-\u058f]/g;
const run = /[a-z\u0370-\u058f]+/g;
const hasLatin = /[a-z]/;

/**
 * Words in which Latin letters stand beside look-alikes of another script, all in Latin; whole words of another script stay.
 * The text is in lower case. Linear.
 */
export function unmask(text: string): string {
  if (!foreign.test(text)) return text;
  return text.replace(run, (word) =>
    foreign.test(word) && hasLatin.test(word)
      ? word.replace(foreignLetters, (letter) => latin[letter] ?? letter)
      : word,
  );
}
