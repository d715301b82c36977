import { getDomain } from 'tldts';
import { finding } from '../../finding.ts';
import type { Check, CheckContext, Finding } from '../../types.ts';

const account =
  /(?<!\p{L})(your|ihr|votre|su|tu)\s+([\w-]+\s+){0,2}(account|mailbox|e-?mail|password|konto|postfach|passwort|compte|mot de passe|cuenta|contraseña)(?!\p{L})/iu;
const threat =
  /(?<!\p{L})(suspend(ed)?|deactivat|terminat|clos(ed|ure)|expir(e|es|ed|ing|y)|restrict(ed)?|lock(ed)?|limit(ed)?|unauthori[sz]ed|unusual (activity|sign)|gesperrt|eingeschränkt|läuft ab|suspendu|bloqué|expire|suspendida|bloqueada)(?!\p{L})/iu;
const demand =
  /(?<!\p{L})(verify|confirm|validate|update|re-?activate|sign ?in|log ?in|click (here|below|the)|bestätigen|aktualisieren|anmelden|klicken sie|vérifier|confirmer|cliquez|verificar|confirmar|haga clic)(?!\p{L})/iu;
const hurry =
  /(?<!\p{L})(within|in den nächsten|dans les|en las próximas)\s+(the next\s+)?(\d{1,2}|twenty.?four|forty.?eight)\s*(hours?|hrs?|h|stunden|heures|horas)(?!\p{L})|(?<!\p{L})immediate(ly)?\b|(?<!\p{L})urgent(ly)?\b|(?<!\p{L})sofort\b|(?<!\p{L})immédiatement\b|(?<!\p{L})inmediatamente\b/iu;

function language({ message, reading }: CheckContext): Finding[] {
  const text = reading.shown.slice(0, 20_000);
  const linked = message.links.some((link) => /^https?:/i.test(link.href) && getDomain(link.href));
  const signs = [account, threat, demand, hurry].filter((pattern) => pattern.test(text)).length;
  if (!linked || !account.test(text) || !threat.test(text) || !demand.test(text)) return [];
  const explanation =
    'The mail threatens to close or limit an account and wants you to sign in or confirm something by a link.';
  return [finding('credential-phishing-language', signs === 4 ? 42 : 30, explanation)];
}

/** The mail is after a password. */
export const credentials: Check = {
  id: 'credentials',
  techniques: [],
  run(context) {
    const form = context.message.html?.forms.some((form) => form.inputs.includes('password'))
      ? [
          finding(
            'password-form',
            60,
            'The mail itself holds a form that asks for a password. No honest sender does that.',
          ),
        ]
      : [];
    return [...form, ...language(context)];
  },
};
