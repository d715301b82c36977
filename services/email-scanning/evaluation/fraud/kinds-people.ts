import { makeIban, written } from './accounts.ts';
import { lookalike } from './lookalikes.ts';
import { forged, type Kind, letter, money, rows, type Scene, stranger, usual } from './scene.ts';

const freeMail = ['gmail.com', 'outlook.com', 'yahoo.com', 'gmx.net', 'proton.me'];

/** A reminder of the supplier's, without any account. */
function reminder(scene: Scene, more: string[] = []) {
  const { say } = scene;
  return {
    ...letter(scene, [say('chase'), ...more]),
    subject: say('subjectReminder'),
    rows: rows(scene, ''),
  };
}

/** An address at free mail that somebody would take for a supplier's. */
const atFreeMail = ({ chance, world }: Scene) =>
  `${world.supplier.domain.split('.')[0]}.${chance.pick(['billing', 'accounts', 'office'])}@${chance.pick(freeMail)}`;

function fromLookalike(scene: Scene, mail: ReturnType<typeof letter>) {
  const { chance, world, language } = scene;
  const domain = lookalike(chance, world.supplier.domain, language);
  return {
    ...mail,
    from: { ...mail.from, address: mail.from.address.replace(world.supplier.domain, domain) },
  };
}

const chasedFromLookalike: Kind = (scene) => ({
  attack: {
    letter: fromLookalike(scene, reminder(scene, [scene.say('hurry')])),
    circumstances: stranger(scene),
  },
  twin: { letter: reminder(scene, [scene.say('due')]), circumstances: usual(scene) },
});

const changeAskedFor: Kind = (scene) => {
  const { say } = scene;
  return {
    attack: {
      letter: { ...letter(scene, [say('askForIt'), say('pretext')]), subject: say('subjectChange') },
      circumstances: usual(scene),
    },
    twin: {
      letter: { ...letter(scene, [say('beware')]), subject: say('subjectChange') },
      circumstances: usual(scene),
    },
  };
};

const changeFromFreeMail: Kind = (scene) => {
  const { say, world } = scene;
  const mail = { ...letter(scene, [say('changed'), say('askForIt')]), subject: say('subjectChange') };
  return {
    attack: {
      letter: { ...mail, from: { name: world.supplier.name, address: atFreeMail(scene) } },
      circumstances: stranger(scene),
    },
    twin: { letter: letter(scene, [say('newContact'), say('unchanged')]), circumstances: usual(scene) },
  };
};

const accountFromFreeMail: Kind = (scene) => {
  const { say, world, chance } = scene;
  const mail = {
    ...letter(scene, [say('invoice'), say('hurry'), say('payTo')]),
    rows: rows(scene, written(chance, makeIban(chance, 'LT'))),
  };
  return {
    attack: {
      letter: { ...mail, from: { name: world.supplier.name, address: atFreeMail(scene) } },
      circumstances: stranger(scene),
    },
    twin: { letter: letter(scene, [say('newContact')]), circumstances: usual(scene) },
  };
};

/** The genuine domain in From, sent by somebody else. */
const forgedSender: Kind = (scene) => ({
  attack: { letter: reminder(scene, [scene.say('hurry')]), circumstances: forged },
  twin: { letter: reminder(scene, [scene.say('hurry')]), circumstances: usual(scene) },
});

const answersElsewhere: Kind = (scene) => {
  const { world } = scene;
  const genuine = `accounts@${world.supplier.domain}`;
  return {
    attack: { letter: { ...reminder(scene), replyTo: atFreeMail(scene) }, circumstances: { history: null } },
    twin: { letter: { ...reminder(scene), replyTo: genuine }, circumstances: usual(scene) },
  };
};

const answersToLookalike: Kind = (scene) => {
  const { chance, world, language } = scene;
  const replyTo = `accounts@${lookalike(chance, world.supplier.domain, language)}`;
  return {
    attack: {
      letter: { ...reminder(scene, [scene.say('hurry')]), replyTo },
      circumstances: { history: null },
    },
    twin: { letter: reminder(scene, [scene.say('hurry')]), circumstances: usual(scene) },
  };
};

const conversation = (scene: Scene) => {
  const { say, world } = scene;
  return {
    subject: `Re: ${say('subjectInvoice')}`,
    quoted: `${say('wrote')}\n> ${say('hello')}\n> ${say('earlier')}\n> ${world.reader.name}`,
  };
};

/** It goes on with a conversation that nobody had. */
const inventedConversation: Kind = (scene) => {
  const { say, world, chance } = scene;
  const mail = { ...letter(scene, [say('chase'), say('hurry')]), ...conversation(scene) };
  const inReplyTo = chance.happens(0.5) ? { inReplyTo: `<${chance.digits(10)}@mail.gmail.com>` } : {};
  const unknown = { history: { fromAddressSeen: 0, fromDomainSeen: 0, threadKnown: false } };
  const posing = chance.happens(0.5)
    ? fromLookalike(scene, mail)
    : { ...mail, from: { name: world.supplier.name, address: atFreeMail(scene) } };
  return {
    attack: { letter: { ...posing, ...inReplyTo }, circumstances: unknown },
    twin: {
      letter: {
        ...letter(scene, [say('chase')]),
        ...conversation(scene),
        inReplyTo: `<${chance.digits(10)}@demo-works.example>`,
      },
      circumstances: { history: { fromAddressSeen: 4, fromDomainSeen: 9, threadKnown: true } },
    },
  };
};

const paidInCrypto: Kind = (scene) => {
  const { say, chance } = scene;
  const account = written(chance, scene.world.verified.iban ?? '');
  const mail = { ...reminder(scene, [say('crypto')]) };
  return {
    attack: { letter: mail, circumstances: usual(scene) },
    twin: {
      letter: { ...reminder(scene, [say('payTo')]), rows: rows(scene, account) },
      circumstances: usual(scene),
    },
  };
};

const adviceToStranger: Kind = (scene) => {
  const { say, world } = scene;
  const tell = (address: string) => letter(scene, [say('chase'), say('remittance', { address })]);
  return {
    attack: {
      letter: {
        ...tell(atFreeMail(scene)),
        from: {
          name: world.supplier.name,
          address: `office@${scene.chance.pick(['accounts-desk.net', 'paycenter.biz'])}`,
        },
      },
      circumstances: stranger(scene),
    },
    twin: { letter: tell(`accounts@${world.supplier.domain}`), circumstances: usual(scene) },
  };
};

const executive: Kind = (scene) => {
  const { say, world, chance } = scene;
  const account = written(chance, makeIban(chance, world.country));
  const subject = chance.pick(['Hi', world.boss.name, 'Today', '?']);
  const mail = letter(scene, []);
  const text = (line: string) => [line, world.boss.name];
  return {
    attack: {
      letter: {
        ...mail,
        subject,
        paragraphs: text(say('executive', { account })),
        from: {
          name: world.boss.name,
          address: `${chance.pick(['ceo', 'office', 'm.holloway'])}${chance.digits(3)}@${chance.pick(freeMail)}`,
        },
      },
      circumstances: stranger(scene),
    },
    twin: {
      letter: {
        ...mail,
        subject,
        paragraphs: text(say('executiveHonest')),
        from: { name: world.boss.name, address: world.boss.email },
      },
      circumstances: usual(scene),
    },
  };
};

const claimSold: Kind = (scene) => {
  const { say, world, chance } = scene;
  const account = written(chance, makeIban(chance, world.country));
  const from = { name: 'Kessler Receivables', address: 'desk@kessler-receivables.net' };
  const carrier = { name: 'Transcargo', address: 'dispatch@transcargo-lines.eu' };
  return {
    attack: {
      letter: { ...letter(scene, [say('factoring', { account })]), from },
      circumstances: stranger(scene),
    },
    twin: {
      letter: { ...letter(scene, [say('delivery')]), from: carrier, subject: world.order.number },
      circumstances: stranger(scene),
    },
  };
};

/** More than was ordered, from somebody who is nearly the supplier; the twin is a partial invoice. */
const tooMuch: Kind = (scene) => {
  const { say, world } = scene;
  const amount = money(scene, Number(world.order.total) * (1.8 + scene.chance.below(30) / 10));
  const inflated = { ...letter(scene, [say('invoice', { amount }), say('due')]) };
  const part = money(scene, Number(world.order.total) * 0.3);
  return {
    attack: {
      letter: { ...inflated, from: { name: world.supplier.name, address: atFreeMail(scene) } },
      circumstances: stranger(scene),
    },
    twin: {
      letter: letter(scene, [say('partial', { amount: part }), say('due')]),
      circumstances: usual(scene),
    },
  };
};

const unknownOrder: Kind = (scene) => {
  const { say, world, chance } = scene;
  const invented = `PO-2026-9${chance.digits(5)}`;
  const mail = letter(scene, [say('invoice', { order: invented }), say('hurry')]);
  return {
    attack: {
      letter: {
        ...mail,
        subject: say('subjectInvoice', { order: invented }),
        from: { name: world.supplier.name, address: atFreeMail(scene) },
      },
      circumstances: stranger(scene),
    },
    twin: { letter: letter(scene, [say('invoice'), say('due')]), circumstances: usual(scene) },
  };
};

const orderOfAnother: Kind = (scene) => {
  const { say, world } = scene;
  const order = world.otherOrder.number;
  const mail = letter(scene, [say('chase', { order }), say('hurry')]);
  return {
    attack: {
      letter: fromLookalike(scene, { ...mail, subject: say('subjectReminder', { order }) }),
      circumstances: stranger(scene),
    },
    twin: { letter: reminder(scene), circumstances: usual(scene) },
  };
};

/** Attacks that bring no account, or pretend to be somebody. */
export const peopleKinds: Readonly<Record<string, Kind>> = {
  'payment chased from a lookalike domain': chasedFromLookalike,
  'change of account prepared': changeAskedFor,
  'change of account from free mail': changeFromFreeMail,
  'invoice from free mail': accountFromFreeMail,
  'genuine domain, forged': forgedSender,
  'answers go to free mail': answersElsewhere,
  'answers go to a lookalike domain': answersToLookalike,
  'conversation that never happened': inventedConversation,
  'cryptocurrency and gift cards': paidInCrypto,
  'remittance advice to a stranger': adviceToStranger,
  'executive wants a payment': executive,
  'claim has been sold': claimSold,
  'amount above the order': tooMuch,
  'order that does not exist': unknownOrder,
  'order of another supplier': orderOfAnother,
};
