import t from 'tap';
import type { BankAccount, Supplier } from '../../../src/engine/types.ts';
import { mail, order, otherIban, tenant, verifiedIban } from '../knowledge.ts';
import { found, number } from './found.ts';

const orders = [order(number)];
const ownersIban = 'NL91ABNA0417164300';
const [nordwind, hafen] = tenant.suppliers as [Supplier, Supplier];
const account = (iban: string, status: string): BankAccount => ({
  ...{ id: iban, iban, status },
  routingNumber: null,
  accountNumber: null,
});
const withAccounts = (...bankAccounts: BankAccount[]) => ({
  suppliers: [{ ...nordwind, bankAccounts }, hafen],
});

t.test('an account that is not the verified one', async (t) => {
  t.match(await found(mail({ body: `Pay to ${otherIban}` })), {
    'changed-bank-account': 80,
    'account-in-another-country': 30,
  });
  t.strictSame(await found(mail({ body: `Pay to ${verifiedIban}` })), {}, 'the verified one');
  t.match(await found(mail({ from: 'a@b.example', body: `${number} pay to ${otherIban}` }), { orders }), {
    'changed-bank-account': 80,
  });
  t.strictSame(
    await found(mail({ from: 'a@b.example', body: `Pay to ${otherIban}` })),
    {},
    'nothing of ours',
  );
  t.strictSame(
    await found(
      mail({
        from: 'bank@b.example',
        body: `Payment of invoice 5 to Nordwind Metall, ${verifiedIban}, from ${ownersIban}`,
      }),
    ),
    { 'changed-bank-account': 35 },
    'payment advice of a bank: it names ours too',
  );
});

t.test('accounts in other states', async (t) => {
  const both = withAccounts(account(verifiedIban, 'verified'), account(otherIban, 'proposed'));
  t.match(await found(mail({ body: otherIban }), both), { 'changed-bank-account': 80 });
  const old = withAccounts(account(verifiedIban, 'verified'), account(otherIban, 'superseded'));
  t.match(await found(mail({ body: otherIban }), old), { 'superseded-bank-account': 45 });
  t.strictSame(await found(mail({ body: otherIban }), withAccounts()), { 'unverified-bank-account': 25 });
  const two = withAccounts(account(verifiedIban, 'verified'), account(otherIban, 'verified'));
  t.strictSame(
    await found(mail({ body: `${verifiedIban} or ${otherIban}` }), two),
    {},
    'a list of verified ones',
  );
  const others = { suppliers: [nordwind, { ...hafen, bankAccounts: [account(ownersIban, 'verified')] }] };
  t.match(await found(mail({ body: ownersIban }), others), { 'account-of-another-supplier': 80 });
});

t.test('accounts at American and British banks', async (t) => {
  const us = {
    id: 'us',
    iban: null,
    routingNumber: '021000021',
    accountNumber: '004417123456',
    status: 'verified',
  };
  const american = withAccounts(us);
  t.strictSame(
    await found(mail({ body: 'Routing number 021000021, account number 4417123456' }), american),
    {},
  );
  t.match(await found(mail({ body: 'Routing number 021000021, account number 4417123457' }), american), {
    'changed-bank-account': 80,
  });
  const british = withAccounts(account(otherIban, 'verified'));
  t.strictSame(await found(mail({ body: 'Sort code 60-16-13, account number 31926819' }), british), {});
  t.match(await found(mail({ body: 'Sort code 60-16-13, account number 31926818' }), british), {
    'changed-bank-account': 80,
  });
});

t.test('the reader’s own account', async (t) => {
  const debit = mail({ body: `We collect the amount by direct debit from your account ${ownersIban}.` });
  t.strictSame(await found(debit), { 'stated-own-account': 15 });
  const forged = { authentication: { ...failed } };
  t.match(await found(debit, forged), { 'changed-bank-account': 80 }, 'not when the sender is none');
  t.match(
    await found(
      mail({ body: `Our bank details have changed. We no longer use direct debit: ${ownersIban}.` }),
    ),
    { 'changed-bank-account': 80 },
  );
  const quoted = mail({
    body: `Thank you.\n\nOn Monday, Olive <olive@demo.example> wrote:\n> Our account: ${ownersIban}`,
  });
  t.strictSame(await found(quoted), { 'stated-own-account': 15 }, 'repeated from our own footer');
  const stranger = quoted.toString().replaceAll('@demo.example', '@demo.example.evil.test');
  t.match(
    await found(Buffer.from(stranger)),
    { 'changed-bank-account': 80 },
    'of a domain that begins like ours',
  );
});

const failed = {
  ...({ from: 'checked', spf: 'fail', dkim: 'none', dmarc: 'fail', arc: 'none', policy: 'reject' } as const),
  ...{ dkimDomain: null, aligned: false },
};

t.test('accounts that are not to be found by programs', async (t) => {
  t.match(await found(mail({ body: otherIban.replace(/(.{4})/g, '$1\u200b') })), {
    'disguised-bank-account': 60,
    'changed-bank-account': 80,
  });
  const hidden = `<p>Pay to ${otherIban}</p><div style="display:none">${verifiedIban}</div>`;
  t.match(await found(mail({ html: hidden })), { 'hidden-bank-account': 50, 'changed-bank-account': 80 });
  const cells = otherIban.replace(/(.{4})/g, '<td>$1</td>');
  t.match(await found(mail({ html: `<table><tr>${cells}</tr></table>` })), { 'changed-bank-account': 80 });
  t.strictSame(await found(mail({ html: `<p>Pay to ${verifiedIban}</p>` })), {});
});
