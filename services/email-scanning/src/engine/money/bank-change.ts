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

/** That it is as it was, or that somebody warns of such mails. */
const denial =
  /\b(?:not (?:been |be |have )?(?:chang\w+|updat\w+|modif\w+)|not (?:our|ever)|never|unchanged|(?:has|have|did|does|do|will|would|is|are)(?: not|n[’']?t) (?:been )?(?:chang\w+|alter\w+|updat\w+|request\w*|ask\w*)|won[’']?t|no changes?|remains? (?:the same|valid|unchanged)|as before|beware|fraud\w*|scam\w*|phishing|if you (?:receive|get|are asked)|should you (?:receive|get)|any (?:request|message|e-?mail|mail|call)s?|nicht (?:ge|ver)?ander\w*|nicht geaendert|unverandert\w*|unveraendert|niemals|nie|betrug\w*|betruger\w*|falls sie|wenn sie (?:eine|solche|per)|wie bisher|gleich geblieben|(?:n[’' ]?ont|n[’' ]?a|ne) (?:pas )?(?:change|ete modifi)\w*|pas (?:change|ete modifi|modifi)\w*|inchange\w*|jamais|aucun\w* (?:changement|modification)|fraud\w*|si vous recevez|tout\w* (?:demande|message)|no (?:han?|hemos|se han?) (?:cambi|modific|sido)\w*|no (?:cambi|modific)\w*|nunca|jamas|sin cambios|siguen siendo|estafa\w*|si (?:recibe|reciben)|cualquier|non (?:sono|e|abbiamo|vengono|cambi\w+|modific\w+)|mai|invariat\w+|truff\w+|frod\w+|se ricev\w+|niet (?:ge)?(?:wijzig|verander)\w*|nooit|ongewijzigd|fraude\w*|oplicht\w+|als u (?:een|per)|mocht u|inalterad\w+|nao (?:foram|alter|mud)\w*|burla|se receber|nigdy|oszust\w+|bez zmian|nie (?:zmieni|uleg)\w*|jesli otrzyma\w*)\b/;

/** Whose account it is: the reader's own is no payment of his that goes astray. */
const yours =
  /\b(?:your|ihre[rnms]?|votre|vos|su|sus|tu|vostr[oaie]|su[oae]|tu[oae]|uw|je|jouw|seus?|suas?|panstwa|twoj\w*) (?:\w+ ){0,2}$/;

/** A cheap question to ask first. */
const mayBe =
  /ban[ckq]|kont[oe]|dados|\brib\b|iban|cuenta|compte|coord|rekening|rachun|account|payment|remittance|wir(?:e|ing)|dados|betaal|zahlung/;

const maxText = 30_000;
const maxSentence = 400;
const maxAccounts = 5;

function saysChange(text: string): boolean {
  return [...text.matchAll(account)].slice(0, maxAccounts).some((found) => {
    const end = found.index + found[0].length;
    if (yours.test(text.slice(0, found.index))) return false;
    return change.test(text) || other.test(text.slice(Math.max(0, found.index - 25), end + 12));
  });
}

/** The sentence that says that payments go to another account from now on; null when none does. `folded` is the whole text. */
export function bankChangeIn(shown: string, folded: string): string | null {
  if (!mayBe.test(folded)) return null;
  const sentences = shown.slice(0, maxText).split(/(?<=[.!?;])\s|\n\s*\n|\r\n\s*\r\n/);
  for (const sentence of sentences) {
    const text = fold(sentence.slice(0, maxSentence));
    if (saysChange(text) && !denial.test(text)) return sentence.trim().slice(0, 200);
  }
  return null;
}
