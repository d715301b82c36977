import { fold } from '../reading.ts';

/** What a bank account is called, in en, de, fr, es, it, nl, pt and pl; texts are folded (no accents). */
const bankAccount =
  /\b(?:bank(?:ing)? (?:details?|information|info|instructions?|data|coordinates|particulars)|bank accounts?|(?:receiving|beneficiary|remittance|wire|wiring) (?:account|details|information|instructions?)|iban\b|swift details|ach (?:form|details|information|instructions?)|bankverbindung\w*|kontoverbindung\w*|bankdaten|kontodaten|kontonummer|bankkont\w+|geschaftskont\w+|zahlungsverbindung\w*|hausbank|coordonnees bancaires|\brib\b|comptes? bancaires?|references bancaires|informations bancaires|datos bancarios|cuentas? bancarias?|numero de cuenta|coordinate bancarie|dati bancari|cont[oi] (?:corrent\w|bancari\w)|bankgegevens|rekeningnummer\w*|bankrekening\w*|dados bancarios|contas? bancarias?|dan\w+ bankow\w+|rachun\w+ bankow\w+|numeru? (?:konta|rachunku)|kont\w+ bankow\w+)\b/g;

/** What may also be an account for something else than money, so the sentence has to speak of that. */
const anyAccount =
  /\b(?:(?:our|corporate|business|company|new|old|former|the|another|different|alternat\w+|other) (?:[a-z]+ )?accounts?\b(?! (?:manager|team|executive|department|rep))|(?:account|payment|ach|settlement) (?:details|information|instructions?|coordinates|number)|zahlungsdaten|(?:unser|neue|alte|andere|folgende|bisherige)\w* kont[oe]n?|coordonnees de paiement|(?:notre|nouveau|ancien|autre) (?:[a-z]+ )?compte|(?:nuestra|nueva|antigua|otra) cuenta|cuenta anterior|datos de pago|(?:nostro|nuovo|vecchio|altro) conto|coordinate di pagamento|betaalgegevens|betalingsgegevens|(?:onze|nieuwe|oude|andere) rekening|(?:nossa|nova) conta|(?:nasz|now|star)\w* (?:konto|rachunek))\b/g;
const ofMoney =
  /\b(?:pay(?!pal)|paid|transfer|wires?\b|remit|bank|iban|funds|zahl|uberweis|ueberweis|paiement|payer|virement|regl|pago|pagar|transferen|pagam|bonific|betal|overma|przelew|platn)/;

/** That the company itself goes to another bank. */
const movesBank =
  /\b(?:(?:no longer|now) bank(?:ing)? with|bankieren (?:\w+ ){0,4}andere|(?:chang|switch|mov)\w+ (?:our |to (?:a |an )?(?:new |another |different )?)?bank(?:s|ing partner)?\b(?! holiday)|bank gewechselt|(?:neue|andere)n? bank\b|wechsel\w* (?:der|unserer|die) bank|change de banque|(?:autre|nouvelle) banque|cambiado de banco|(?:otro|nuevo) banco|cambiato banca|(?:altra|nuova) banca|(?:andere|nieuwe) bank\b|(?:outro|novo) banco|(?:zmienilismy|innego|nowego) bank\w*)/;

/** That it is another one; said of many things, so it has to stand beside the account. */
const other =
  /\b(?:new|different|another|alternat\w+|old|former|alte[nrs]?|bisherige[nrs]?|ancien\w*|anterior\w*|antigu[oa]s?|vecchi[oae]|oude|neue?[nrsm]?|andere[nrsm]?|nouve(?:au|lles?|aux)|autres?|nuev[oa]s?|otra|nuov[oaie]|altr[oaie]|nieuwe?|andere|nov[oa]s?|outra|now(?:y|a|e|ego|ych|ym)|inn[ey])\b/;

/** That something is no longer as it was. */
const change =
  /\b(?:suspended|blocked|frozen|on hold|under (?:review|audit|investigation)|inactive|expired|disregard|going forward|henceforth|from now on|gesperrt|geschlossen|aufgelost|ungultig|kunftig|zukunftig|eingefroren|bloqu\w+|suspend\w+|clotur\w+|cerrad\w+|cancelad\w+|bloccat\w+|sospes\w+|chius\w+|geblokkeerd|vervallen|opgeheven|encerrad\w+|zablokowan\w*|zamkniet\w*|chang(?:e|ed|es|ing)|updat(?:e|ed|es|ing)|revised|replac\w+|no longer|switch(?:ed|ing)?|moved?|closed|amended|transition\w*|migrat\w+|geander\w*|geaender\w*|anderung\w*|aenderung\w*|andern|aktualisier\w*|nicht mehr|(?:um|ge)?wechsel\w*|gewechselt|umgestellt|umstellung|ersetz\w*|ab sofort|chang(?:e|ent|eons|ement)\w*|modifi\w+|m(?:is\w*|ett\w+) a jour|plus (?:valable|valide|actif|utilis)\w*|remplac\w*|desormais|cambi\w+|actuali[zc]\w+|modific\w+|ya no|sustitu\w+|aggiorn\w+|(?:non (?:e )?|mai )piu|sostitu\w+|variat\w+|variazion\w+|gewijzigd\w*|wijzig\w+|verander\w*|aangepast\w*|niet (?:meer|langer)|vervang\w*|voortaan|overgestapt|alterad\w+|alteracao|atualiz\w+|mud(?:ou|amos|anca)|ja nao|zmian\w*|zmieni\w*|aktualiz\w+|nie jest juz)\b/;

/** That it is as it was, or what to do when somebody says that it is not. */
const unchanged =
  /\b(?:not (?:been |be |have )?(?:chang|updat|modif)\w+|unchanged|(?:has|have|had|did|does|do|will|would|is|are)(?: not|n[’']?t) (?:been |be )?(?:chang|alter|updat|request|ask)\w*|no changes?|remains? (?:the same|valid|unchanged)|if you (?:receive|get|are asked)|should you (?:receive|get)|any (?:request|message|e-?mail|mail|call)s?|nicht (?:ge|ver)?a(?:e)?nder\w*|unvera(?:e)?ndert\w*|falls sie|wenn sie (?:eine|solche|per)|wie bisher|gleich geblieben|(?:pas|point) (?:change|ete modifi|modifi)\w*|inchange\w*|aucun\w* (?:changement|modification)|si vous recevez|tout\w* (?:demande|message)|no (?:han?|hemos|se han?) (?:sido |cambi|modific|variad)\w*|no (?:cambi|modific)\w*|sin cambios|siguen siendo|si (?:usted )?(?:recibe|reciben)|cualquier|non (?:(?:sono|e|abbiamo|vengono) )?(?:stat[aoie] )?(?:cambi|modific|variat)\w+|invariat\w+|se ricev\w+|niet (?:ge)?(?:wijzig|verander)\w*|ongewijzigd|als u (?:een|per)|mocht u|inalterad\w+|nao (?:foram |fora |foi )?(?:alter|mud)\w*|se receber|bez zmian|nie (?:zmieni|uleg)\w*|jesli otrzyma\w*)\b/;

/** That they never do such a thing by mail. Asking never to use the old account again is no such promise. */
const promise =
  /\b(?:never (?:\w+ ){0,2}(?:chang|announc|ask|request|send|inform|notif|tell|updat|communicat)\w*|(?:niemals|nie|nooit) (?:per|via|u(?:e)?ber|um|om|unsere|eine|onze)|(?:ne|n|nous)\b[^.;]{1,40}\bjamais|(?:nunca|jamas) (?:\w+ )?(?:cambi|modific|anunci|solicit|pedi|comunic|envi|alter|mud)\w*|non\b[^.;]{1,40}\bmai|nigdy (?:nie )?(?:zmieni|prosi|wysyl|inform)\w*)/;

/** That others say so, and are not to be believed. */
const warning =
  /\b(?:beware|fraud\w*|scam\w*|phishing|criminal\w*|impost[oe]r\w*|betrug\w*|kriminell\w*|escroc\w*|estafa\w*|truff\w+|frod\w+|oplicht\w+|criminel\w*|burla\w*|oszust\w*)\b/;

/** An alleged fraud is also a pretext for the change. */
const pretext =
  /\b(?:due to|because|owing to|after|following|wegen|aufgrund|nach|weil|en raison|suite a|a cause|debido|a causa|tras|per via|in seguito|vanwege|wegens|door|devido|por causa|z powodu)\b/;

/** Whose account it is: the reader's own is no payment of his that goes astray. */
const yours =
  /\b(?:your|ihre[rnms]?|votre|vos|su|sus|tu|vostr[oaie]|su[oae]|tu[oae]|uw|je|jouw|seus?|suas?|panstwa|twoj\w*) (?:\w+ )?$/;

/** Somebody is asked to bring the own data up to date: his, not ours. */
const readersData = /\b(?:update|updating|verify|confirm|change|edit|manage|check|review) (?:new )?$/;

/** Small print. */
const reservation =
  /\b(?:anderungen vorbehalten|aenderungen vorbehalten|subject to (?:change|alteration)|sous reserve|reserv\w+ le droit|salvo (?:modific|cambi|error)\w*|con riserva|wijzigingen voorbehouden)/;

const maxText = 30_000;
const maxSentence = 400;
const maxAccounts = 5;
const maxShown = 200;
const shortest = 10;
/** How far from the account the change is told, in characters. */
const reach = 90;
const beside = 25;
/** Lines that are shorter are no text that a program has wrapped: with them ends what they say. */
const wrapped = 45;

const isAnother = (text: string, found: RegExpMatchArray) => {
  const at = found.index ?? 0;
  const end = at + found[0].length;
  const lead = text.slice(0, at);
  if (yours.test(lead) || readersData.test(lead)) return false;
  return (
    change.test(text.slice(Math.max(0, at - reach), end + reach)) ||
    other.test(text.slice(Math.max(0, at - beside), end + beside / 2))
  );
};

function saysChange(text: string): boolean {
  if (movesBank.test(text)) return true;
  const named = [...text.matchAll(bankAccount)].slice(0, maxAccounts);
  if (named.some((found) => isAnother(text, found))) return true;
  if (!ofMoney.test(text)) return false;
  return [...text.matchAll(anyAccount)].slice(0, maxAccounts).some((found) => isAnother(text, found));
}

/** Sentences and lines, each at most so long. A line that a program has wrapped goes on in the next one. */
function sentencesOf(shown: string): string[] {
  const joined = shown
    .slice(0, maxText)
    .split(/\r?\n/)
    .reduce((text, line) => `${text}${line}${line.length < wrapped ? '\n' : ' '}`, '');
  return joined.split(/(?<=[.!?])\s|\n/).map((sentence) => sentence.slice(0, maxSentence));
}

const mayBe = (folded: string) =>
  folded.search(bankAccount) >= 0 || folded.search(anyAccount) >= 0 || movesBank.test(folded);

/** The sentence that says that payments go to another account from now on; null when none does. `folded` is the whole text. */
export function bankChangeIn(shown: string, folded: string): string | null {
  // Most mail speaks of no account at all: sentences are only looked for when it does.
  if (!mayBe(folded.slice(0, maxText))) return null;
  for (const sentence of sentencesOf(shown)) {
    if (sentence.length < shortest) continue;
    const text = fold(sentence);
    if (promise.test(text) || reservation.test(text) || (warning.test(text) && !pretext.test(text))) continue;
    if (text.split(';').some((clause) => saysChange(clause) && !unchanged.test(clause)))
      return sentence.trim().slice(0, maxShown);
  }
  return null;
}
