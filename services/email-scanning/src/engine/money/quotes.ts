/** How mail programs begin what a mail answers or forwards, in the languages that they speak. */
const beginning =
  /^(?:>|[-_]{3,} ?(?:original|forwarded|ursprüngliche|weitergeleitete|message d'origine|mensaje original|messaggio originale|oorspronkelijk|begin forwarded)|(?:on|am|le|el|il|op|em|w dniu|dnia) .{5,120}(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|napisał(?:\(a\))?).{0,80}:|\*?(?:from|von|de|da|van|od)\*? ?: .{1,200}\r?\n\*?(?:sent|date|gesendet|datum|envoyé|enviado|fecha|inviato|data|verzonden|wysłano)\*? ?:)/gimu;
const maxText = 100_000;
const maxQuotes = 50;
const headerLength = 300;

export interface Quote {
  /** Where it begins. */
  at: number;
  /** Who is said to have written it, and when: the first signs of it. */
  header: string;
}

/** Where a mail repeats others. Time is linear in the text. */
export function quotesIn(text: string): Quote[] {
  const found: Quote[] = [];
  for (const match of text.slice(0, maxText).matchAll(beginning)) {
    // Each line of a quote begins with a mark: one is enough.
    if (match[0] === '>' && found.length > 0) continue;
    found.push({ at: match.index, header: text.slice(match.index, match.index + headerLength) });
    if (found.length >= maxQuotes) break;
  }
  return found;
}
