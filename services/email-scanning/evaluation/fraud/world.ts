import { noKnowledge } from '../../src/engine/index.ts';
import type { BankAccount, Order, ScanKnowledge, Supplier } from '../../src/engine/types.ts';
import { makeIban, makeUsAccount } from './accounts.ts';
import type { Chance } from './chance.ts';

const names: Record<string, [string, string][]> = {
  en: [
    ['Brightwell Fasteners Ltd', 'brightwell-fasteners.co.uk'],
    ['Calder Valves', 'caldervalves.com'],
    ['Northgate Castings Limited', 'northgatecastings.co.uk'],
    ['Pemberton Gaskets plc', 'pemberton-gaskets.com'],
  ],
  de: [
    ['Nordwind Metall GmbH', 'nordwind-metall.de'],
    ['Hagedorn Dichtungen KG', 'hagedorn-dichtungen.de'],
    ['Bergmann & Söhne Armaturen', 'bergmann-armaturen.de'],
    ['Keller Federntechnik AG', 'kellerfedern.de'],
  ],
  fr: [
    ['Fonderie Marchand SARL', 'fonderie-marchand.fr'],
    ['Visserie du Rhône', 'visserierhone.fr'],
    ['Moulages Perrin SAS', 'moulages-perrin.fr'],
    ['Lambert Roulements', 'lambert-roulements.com'],
  ],
  es: [
    ['Fundiciones Aranda SL', 'fundiciones-aranda.es'],
    ['Tornillería Montes', 'tornilleriamontes.es'],
    ['Válvulas Iberia SA', 'valvulasiberia.com'],
    ['Resortes Quintana', 'resortes-quintana.es'],
  ],
  it: [
    ['Fonderia Moretti SpA', 'fonderia-moretti.it'],
    ['Viteria Colombo', 'viteriacolombo.it'],
    ['Guarnizioni Ferri Srl', 'guarnizioni-ferri.it'],
    ['Molle Bianchini', 'mollebianchini.com'],
  ],
  nl: [
    ['Gieterij Van Houten BV', 'gieterij-vanhouten.nl'],
    ['Bakker Afdichtingen', 'bakkerafdichtingen.nl'],
    ['Veldhuis Armaturen BV', 'veldhuis-armaturen.nl'],
    ['De Groot Lagers', 'degrootlagers.nl'],
  ],
};
const country: Record<string, string> = { en: 'GB', de: 'DE', fr: 'FR', es: 'ES', it: 'IT', nl: 'NL' };
const people: Record<string, string[]> = {
  en: ['Helen Carter', 'James Whitfield', 'Priya Shah', 'Tom Ashdown'],
  de: ['Jonas Petersen', 'Katrin Vogel', 'Uwe Lindner', 'Sabine Roth'],
  fr: ['Claire Fontaine', 'Julien Moreau', 'Nadia Benali', 'Luc Girard'],
  es: ['Marta Iglesias', 'Javier Ortega', 'Lucía Campos', 'Pablo Serrano'],
  it: ['Giulia Ferrari', 'Marco Rinaldi', 'Elena Conti', 'Paolo Greco'],
  nl: ['Sanne de Vries', 'Joost Bakker', 'Marieke Smit', 'Pieter Visser'],
};

/** The tenant of a case, with the supplier that the mail is about. */
export interface World {
  supplier: Supplier & { domain: string; contact: { name: string; email: string } };
  other: Supplier;
  verified: BankAccount;
  order: Order;
  otherOrder: Order;
  reader: { name: string; email: string };
  boss: { name: string; email: string };
  knowledge: ScanKnowledge;
  country: string;
}

export const ownDomain = 'demo-works.example';

const account = (id: string, iban: string, status = 'verified'): BankAccount => ({
  ...{ id, iban, status },
  routingNumber: null,
  accountNumber: null,
});

const address = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '.');

function order(chance: Chance, id: string, supplierId: string): Order {
  const number = `PO-2026-${chance.digits(6)}`;
  return {
    ...{ id, number, supplierId, currency: 'EUR' },
    status: chance.pick(['approved', 'sent', 'partially_received', 'received']),
    total: `${500 + chance.below(40_000)}.${chance.digits(2)}`,
  };
}

export function createWorld(chance: Chance, language: string): World {
  const local = names[language] ?? [];
  const at = chance.below(local.length);
  const suppliers = Object.values(names)
    .flat()
    .map(([name, domain], index): World['supplier'] => {
      const code =
        Object.entries(names).find(([, list]) => list.some(([other]) => other === name))?.[0] ?? 'en';
      const person = people[code]?.[index % 4] ?? '';
      const contact = { name: person, email: `${address(person)}@${domain}` };
      const accounts = [account(`b${index}`, makeIban(chance, country[code] ?? 'DE'))];
      return {
        id: `s${index}`,
        name,
        domain,
        contact,
        mailDomains: [domain],
        contacts: [contact],
        bankAccounts: accounts,
      };
    });
  const supplier = suppliers.find(({ name }) => name === local[at]?.[0]) as World['supplier'];
  const other = chance.pick(suppliers.filter((one) => one !== supplier));
  const reader = { name: chance.pick(people[language] ?? []), email: `einkauf@${ownDomain}` };
  const boss = { name: 'Margarethe Holloway', email: `holloway@${ownDomain}` };
  const [mine, theirs] = [order(chance, 'o1', supplier.id), order(chance, 'o2', other.id)];
  return {
    ...{ supplier, other, reader, boss, order: mine, otherOrder: theirs },
    verified: supplier.bankAccounts[0] as BankAccount,
    country: country[language] ?? 'DE',
    knowledge: {
      tenant: {
        ...noKnowledge.tenant,
        key: 'fraud',
        ownDomains: [ownDomain],
        users: [reader, boss],
        suppliers,
      },
      message: { ...noKnowledge.message, orders: [mine, theirs] },
    },
  };
}

/** Makes the supplier one that is paid in the United States. */
export function payInUnitedStates(chance: Chance, world: World) {
  const numbers = makeUsAccount(chance);
  world.verified = { id: 'us', iban: null, ...numbers, status: 'verified' };
  world.supplier.bankAccounts = [world.verified];
  return numbers;
}
