import { disguised, makeIban, makeUsAccount, written } from './accounts.ts';
import { lookalike } from './lookalikes.ts';
import { type Kind, letter, rows, type Scene, stranger, usual } from './scene.ts';
import { payInUnitedStates } from './world.ts';

const abroad: Record<string, string[]> = { DE: ['LT', 'BE', 'PT'], GB: ['LT', 'DE', 'PL'] };

const verified = ({ chance, world }: Scene) => written(chance, world.verified.iban ?? '');
const foreign = ({ chance, world }: Scene) => written(chance, makeIban(chance, world.country));

function invoice(scene: Scene, account: string, more: string[] = []) {
  const { say } = scene;
  return {
    ...letter(scene, [say('invoice'), say('due'), ...more, say('payTo')]),
    rows: rows(scene, account),
  };
}

/** Everything is the supplier's but the account: his mailbox has been broken into. */
const brokenIntoMailbox: Kind = (scene) => ({
  attack: { letter: invoice(scene, foreign(scene)), circumstances: usual(scene) },
  twin: { letter: invoice(scene, verified(scene)), circumstances: usual(scene) },
});

const lookalikeWithAccount: Kind = (scene) => {
  const { chance, world, language, say } = scene;
  const domain = lookalike(chance, world.supplier.domain, language);
  const mail = invoice(scene, foreign(scene), [say('changed'), say('pretext')]);
  mail.from = { ...mail.from, address: mail.from.address.replace(world.supplier.domain, domain) };
  return {
    attack: { letter: mail, circumstances: stranger(scene) },
    twin: { letter: invoice(scene, verified(scene), [say('unchanged')]), circumstances: usual(scene) },
  };
};

const announcedWithAccount: Kind = (scene) => {
  const { say } = scene;
  const tell = (account: string, sentences: string[]) => ({
    ...letter(scene, sentences),
    subject: say('subjectChange'),
    rows: [[scene.phrases.account, account]] as [string, string][],
  });
  return {
    attack: {
      letter: tell(foreign(scene), [say('changed'), say('pretext'), say('useOnly')]),
      circumstances: usual(scene),
    },
    twin: { letter: tell(verified(scene), [say('unchanged'), say('payTo')]), circumstances: usual(scene) },
  };
};

const inPdf: Kind = (scene) => {
  const { say, phrases, invoice: number } = scene;
  const withPdf = (account: string) => ({
    ...letter(scene, [say('invoice'), say('due')]),
    pdf: {
      title: `${phrases.invoiceNumber} ${number}`,
      lines: [
        say('invoice'),
        ...rows(scene, account).map(([name, value]) => `${name}: ${value}`),
        say('due'),
      ],
    },
  });
  return {
    attack: { letter: withPdf(foreign(scene).replaceAll('\u00a0', ' ')), circumstances: usual(scene) },
    twin: { letter: withPdf(verified(scene).replaceAll('\u00a0', ' ')), circumstances: usual(scene) },
  };
};

/** The groups of the number stand in cells of their own. */
const inTable: Kind = (scene) => {
  const grouped = (iban: string) => (iban.match(/.{1,4}/g) ?? []).join(' ');
  const table = (iban: string) => ({ ...invoice(scene, grouped(iban)), form: 'table' as const });
  const { chance, world } = scene;
  return {
    attack: { letter: table(makeIban(chance, world.country)), circumstances: usual(scene) },
    twin: { letter: table(world.verified.iban ?? ''), circumstances: usual(scene) },
  };
};

const inDisguise: Kind = (scene) => {
  const { chance, world } = scene;
  return {
    attack: {
      letter: invoice(scene, disguised(chance, makeIban(chance, world.country))),
      circumstances: usual(scene),
    },
    twin: { letter: invoice(scene, verified(scene)), circumstances: usual(scene) },
  };
};

/** Programs that read the plain text see the right account, people see another one. */
const twoFaced: Kind = (scene) => {
  const honest = verified(scene);
  const both = { form: 'both' as const, plainRows: rows(scene, honest) };
  return {
    attack: { letter: { ...invoice(scene, foreign(scene)), ...both }, circumstances: usual(scene) },
    twin: { letter: { ...invoice(scene, honest), ...both }, circumstances: usual(scene) },
  };
};

/** The right account is in the mail too, hidden, for programs. */
const hiddenRightOne: Kind = (scene) => {
  const hide = (account: string) => ({
    ...invoice(scene, account),
    form: 'html' as const,
    hidden: `${scene.phrases.account} ${verified(scene)}`,
  });
  return {
    attack: { letter: hide(foreign(scene)), circumstances: usual(scene) },
    twin: { letter: hide(verified(scene)), circumstances: usual(scene) },
  };
};

const inUnitedStates: Kind = (scene) => {
  const { chance, world, phrases } = scene;
  const numbers = payInUnitedStates(chance, world);
  const us = ({ routingNumber, accountNumber }: typeof numbers) => ({
    ...invoice(scene, ''),
    rows: [
      ...rows(scene, ''),
      [phrases.bank, 'First Harbor Bank'],
      [chance.pick(['Routing number', 'ABA routing no.', 'ABA']), routingNumber],
      [chance.pick(['Account number', 'Account', 'Acct. no.']), accountNumber],
    ] as [string, string][],
  });
  return {
    attack: { letter: us(makeUsAccount(chance)), circumstances: usual(scene) },
    twin: { letter: us(numbers), circumstances: usual(scene) },
  };
};

const bySortCode: Kind = (scene) => {
  const { chance, world } = scene;
  const iban = makeIban(chance, 'GB');
  world.verified = { ...world.verified, iban };
  world.supplier.bankAccounts = [world.verified];
  const uk = (sortCode: string, account: string) => ({
    ...invoice(scene, ''),
    rows: [
      ...rows(scene, ''),
      ['Sort code', sortCode.replace(/(..)(..)(..)/, '$1-$2-$3')],
      ['Account number', account],
    ] as [string, string][],
  });
  return {
    attack: { letter: uk(chance.digits(6), `1${chance.digits(7)}`), circumstances: usual(scene) },
    twin: { letter: uk(iban.slice(8, 14), iban.slice(14)), circumstances: usual(scene) },
  };
};

const inAnotherCountry: Kind = (scene) => {
  const { chance, world } = scene;
  const country = chance.pick(abroad[world.country] ?? ['LT', 'AT', 'PL']);
  return {
    attack: {
      letter: invoice(scene, written(chance, makeIban(chance, country))),
      circumstances: usual(scene),
    },
    twin: { letter: invoice(scene, verified(scene)), circumstances: usual(scene) },
  };
};

const ofAnotherSupplier: Kind = (scene) => {
  const { chance, world } = scene;
  const theirs = world.other.bankAccounts[0]?.iban ?? '';
  return {
    attack: { letter: invoice(scene, written(chance, theirs)), circumstances: usual(scene) },
    twin: { letter: invoice(scene, verified(scene)), circumstances: usual(scene) },
  };
};

/** Somebody has already brought the clerk to propose the account. */
const onlyProposed: Kind = (scene) => {
  const { chance, world, say } = scene;
  const iban = makeIban(chance, world.country);
  world.supplier.bankAccounts = [
    world.verified,
    { ...world.verified, id: 'proposed', iban, status: 'proposed' },
  ];
  return {
    attack: { letter: invoice(scene, written(chance, iban), [say('hurry')]), circumstances: usual(scene) },
    twin: { letter: invoice(scene, verified(scene), [say('hurry')]), circumstances: usual(scene) },
  };
};

/** The twin debits the reader's own account, or pays back to it. */
const quotedAccount: Kind = (scene) => {
  const { say, world, chance } = scene;
  const quote = (account: string) =>
    `${say('wrote')}\n> ${say('earlier')}\n> ${scene.phrases.account} ${account}`;
  const answer = { subject: `Re: ${world.order.number}` };
  const debit = say('debit', { account: written(chance, makeIban(chance, world.country)) });
  return {
    attack: {
      letter: { ...invoice(scene, foreign(scene)), ...answer, quoted: quote(verified(scene)) },
      circumstances: usual(scene),
    },
    twin: { letter: { ...letter(scene, [say('invoice'), debit]), ...answer }, circumstances: usual(scene) },
  };
};

/** Attacks that bring an account. */
export const accountKinds: Readonly<Record<string, Kind>> = {
  'account from a broken-into mailbox': brokenIntoMailbox,
  'account from a lookalike domain': lookalikeWithAccount,
  'announced new account': announcedWithAccount,
  'account in a PDF': inPdf,
  'account in cells of a table': inTable,
  'account in disguise': inDisguise,
  'plain text and HTML differ': twoFaced,
  'right account hidden, wrong one shown': hiddenRightOne,
  'US routing and account number': inUnitedStates,
  'UK sort code and account': bySortCode,
  'account in another country': inAnotherCountry,
  'account of another supplier': ofAnotherSupplier,
  'account that is only proposed': onlyProposed,
  'new account above a genuine quote': quotedAccount,
};
