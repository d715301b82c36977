import type { Reading } from '../../types.ts';

/** The word in the languages that the product speaks, then a word or sign that gives it away. Texts are folded. */
const given =
  /\b(?:password|passcode|pass word|passwd|pwd|pw|passwort|kennwort|mot de passe|mdp|contrasena|clave|wachtwoord|parola d'ordine|password dell'archivio|senha|haslo)\b(?: (?:to open|for|zum|pour|para|per|voor|the|file|archive|document|attachment|datei|fichier|archivo|documento|is|ist|est|es|e|to)){0,6} ?(?::|=|-|–|is|ist|est|es|»|"|')? ?["'«]?\S{3,30}/;

/** Whether the mail tells the password of what it brings: an honest sender would not send both together. */
export function tellsPassword({ folded }: Reading): boolean {
  const at = folded.search(
    /\b(?:pass ?w|passc|pwd|pw\b|kennwort|mot de passe|mdp\b|contrasena|clave|wachtwoord|parola|senha|haslo)/,
  );
  return at >= 0 && given.test(folded.slice(at, at + 5_000));
}
