import { lureWords } from '../../brands/lure-words.ts';
import { defang, defangText } from '../../defang.ts';
import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';
import { senderProfile } from './profile.ts';

/** Words that name a department or company, not a person. */
const office = new Set(
  'support billing accounting accounts payroll helpdesk department dept security service services customer invoice invoices payment payments bank office administrator admin webmaster director ceo cfo hr team notification notifications delivery shipping gmbh ltd llc inc corp buchhaltung rechnung kundenservice zahlung comptabilite facturation facture contabilidad facturacion fatturazione amministrazione boekhouding administratie klantenservice ksiegowosc refund claims compensation lottery fbi imf'.split(
    ' ',
  ),
);

/** A department or company that writes from an address that anybody gets. */
export const freeMailCompany: Check = {
  id: 'free-mail-company',
  techniques: [
    {
      id: 'free-mail-company',
      title: 'Company or department at a free mail service',
      description:
        'The display name is that of a department, an office or a company, but the address is one that anybody gets for nothing in a minute.',
      maxScore: 25,
    },
  ],
  run(context) {
    const { sender, message } = context;
    const { freeMail, nameWords, named, discussion } = senderProfile(context);
    if (!freeMail || message.list || sender.own || sender.supplier || named.length > 0) return [];
    const words = nameWords.filter((word) => office.has(word));
    if (words.length === 0) return [];
    const all = nameWords.every((word) => office.has(word) || lureWords.has(word));
    const score = discussion ? 8 : all || words.length > 1 ? 25 : 15;
    const explanation = `“${defangText(message.from?.name ?? '')}” writes from ${defang(sender.domain ?? '')}, where anybody gets an address.`;
    return [finding('free-mail-company', score, explanation, { senderDomain: defang(sender.domain ?? '') })];
  },
};
