import { fold } from '../reading.ts';

export type Language = 'en' | 'de' | 'fr' | 'es' | 'it' | 'nl' | 'pl' | 'pt';

/** Frequent small words that (nearly) only this one of the languages has. */
const stopWords: Record<Language, string> = {
  en: 'the and you your this that with for have are from will not please been was our they which would there what if it',
  de: 'der und das nicht sie ihre ihr ist mit für auf den dem ein eine wir wird bitte sich auch haben zu bei oder werden von',
  fr: 'le les des et vous votre est pour dans nous une sur avec pas votre vos au aux ce cette qui être sont du',
  es: 'el los las y su para con por usted que una es del al como más sus está nuestro ha lo',
  it: 'il gli di che per è una con non del della sono alla questo suo sua nel si ha vostro le i',
  nl: 'het een van en uw niet wij voor met op dat deze zijn wordt u je naar bij heeft aan kunt ook of',
  pl: 'i w na nie się do jest że to z oraz dla przez twoje państwa twój prosimy po od jak za są',
  pt: 'o os um uma não para com você seu sua do da em que dos das no na por está ao são',
};

const languages = Object.keys(stopWords) as Language[];

const languagesOf = new Map<string, Language[]>();
for (const language of languages) {
  for (const word of new Set(fold(stopWords[language]).split(' '))) {
    languagesOf.set(word, [...(languagesOf.get(word) ?? []), language]);
  }
}

const maxWords = 600;
const minHits = 3;

/** The language of folded words, by their small words; null when there are too few to tell. */
export function languageOf(tokens: readonly string[]): Language | null {
  const hits = new Map<Language, number>();
  for (let at = 0; at < tokens.length && at < maxWords; at++) {
    for (const language of languagesOf.get(tokens[at]!) ?? [])
      hits.set(language, (hits.get(language) ?? 0) + 1);
  }
  let best: Language | null = null;
  for (const [language, count] of hits) {
    if (count >= minHits && count > (best ? (hits.get(best) ?? 0) : 0)) best = language;
  }
  return best;
}
