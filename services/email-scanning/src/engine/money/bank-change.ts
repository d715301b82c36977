import { fold } from '../reading.ts';

/** What an account is called, in en, de, fr, es, it, nl, pt and pl; texts are folded (no accents). */
const account =
  /\b(?:bank(?:ing)? (?:details?|information|info|instructions?|data|coordinates|account|particulars)|bank accounts?|(?:account|payment|remittance|wire|wiring|beneficiary|ach|settlement) (?:details|information|instructions?|coordinates|number)|(?:receiving|beneficiary|corporate|our|business|company) (?:[a-z]+ )?account(?! manager| team| executive| department| rep)|new bank\b|banks\b|iban|swift details|bankverbindung\w*|kontoverbindung\w*|bankdaten|kontodaten|kontonummer|bankkont\w+|geschaftskont\w+|zahlungsdaten|zahlungsverbindung\w*|hausbank|unser\w* kont[oe]n?|(?:neue|anderes|anderen|folgende)\w* kont[oe]n?|coordonnees bancaires|coordonnees de paiement|\brib\b|comptes? bancaires?|references bancaires|informations bancaires|notre compte|nouveau compte|datos bancarios|cuentas? bancarias?|numero de cuenta|nuestra cuenta|nueva cuenta|datos de pago|coordinate bancarie|dati bancari|cont[oi] (?:corrent\w|bancari\w)|nostro conto|nuovo conto|coordinate di pagamento|bankgegevens|rekeningnummer\w*|bankrekening\w*|betaalgegevens|betalingsgegevens|onze rekening|nieuwe rekening|dados bancarios|contas? bancarias?|nossa conta|nova conta|dan\w+ bankow\w+|rachun\w+ bankow\w+|numeru? (?:konta|rachunku)|kont\w+ bankow\w+|nasz\w* kont\w+|now\w+ (?:konto|rachunek))/g;

/** That it is another one; said of many things, so it has to stand beside the account. */
const other =
  /\b(?:new|different|another|neue?[nrsm]?|andere[nrsm]?|nouve(?:au|lles?|aux)|autres?|nuev[oa]s?|otra|nuov[oaie]|altr[oaie]|nieuwe?|andere|nov[oa]s?|outra|now(?:y|a|e|ego|ych|ym)|inn[ey])\b/;

/** That something is no longer as it was. */
const change =
  /\b(?:chang(?:e|ed|es|ing)|updat(?:e|ed|es|ing)|revised|replac\w+|no longer|switch(?:ed|ing)?|moved?|closed|amended|transition\w*|migrat\w+|geander\w*|geaender\w*|anderung\w*|aenderung\w*|andern|aktualisier\w*|nicht mehr|(?:um|ge)?wechsel\w*|gewechselt|umgestellt|umstellung|ersetz\w*|ab sofort|chang(?:e|ent|eons|ement)\w*|modifi\w+|mises? a jour|plus (?:valable|valide|actif|utilis)\w*|remplac\w*|desormais|cambi\w+|actualiz\w+|modific\w+|ya no|sustitu\w+|aggiorn\w+|non piu|sostitu\w+|variat\w+|variazion\w+|gewijzigd\w*|wijzig\w+|verander\w*|aangepast\w*|niet (?:meer|langer)|vervang\w*|voortaan|overgestapt|alterad\w+|alteracao|atualiz\w+|mud(?:ou|amos|anca)|ja nao|zmian\w*|zmieni\w*|aktualiz\w+|nie jest juz)\b/;

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
  /\b(?:your|ihre[rnms]?|votre|vos|su|sus|tu|vostr[oaie]|su[oae]|tu[oae]|uw|je|jouw|seus?|suas?|panstwa|twoj\w*) (?:\w+ ){0,2}$/;

const maxText = 30_000;
const maxSentence = 400;
const maxAccounts = 5;
const maxShown = 200;

function saysChange(text: string): boolean {
  return [...text.matchAll(account)].slice(0, maxAccounts).some((found) => {
    const end = found.index + found[0].length;
    if (yours.test(text.slice(0, found.index))) return false;
    return change.test(text) || other.test(text.slice(Math.max(0, found.index - 25), end + 12));
  });
}

/** The sentence that says that payments go to another account from now on; null when none does. `folded` is the whole text. */
export function bankChangeIn(shown: string, folded: string): string | null {
  // Most mail speaks of no account at all: sentences are only looked for when it does.
  if (folded.slice(0, maxText).search(account) < 0) return null;
  const sentences = shown.slice(0, maxText).split(/(?<=[.!?])\s|\n\s*\n|\r\n\s*\r\n/);
  for (const sentence of sentences) {
    const text = fold(sentence.slice(0, maxSentence));
    if (promise.test(text) || (warning.test(text) && !pretext.test(text))) continue;
    if (text.split(';').some((clause) => saysChange(clause) && !unchanged.test(clause)))
      return sentence.trim().slice(0, maxShown);
  }
  return null;
}
