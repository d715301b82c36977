import type { Phrases } from './phrases.ts';

export const en: Phrases = {
  locale: 'en-GB',
  hello: ['Dear {reader},', 'Hello {reader},', 'Good morning,', 'Dear Sir or Madam,'],
  bye: ['Kind regards', 'Best regards', 'Many thanks', 'Yours sincerely'],
  subjectInvoice: [
    'Invoice {invoice} for {order}',
    'Your order {order} – our invoice',
    '{order}: invoice attached',
  ],
  subjectReminder: ['Overdue: invoice {invoice}', 'Reminder for {order}', 'Open item {invoice} / {order}'],
  subjectChange: [
    'Important information on payments',
    'Notice to our customers',
    'Payment of {order}',
    'Accounts update',
  ],
  invoice: [
    'Please find our invoice {invoice} for your order {order} over {amount}.',
    'We have shipped {order} and charge {amount} for it (invoice {invoice}).',
    'Attached you find invoice {invoice} about {amount} concerning purchase order {order}.',
    'Thank you for {order}. The total of invoice {invoice} is {amount}.',
  ],
  partial: [
    'This is a partial invoice for the first delivery of {order}: {amount}.',
    'For the part of {order} that has been delivered so far we charge {amount} with invoice {invoice}.',
  ],
  due: [
    'The amount is due within 30 days net.',
    'Payment terms: 14 days from the invoice date.',
    'Please pay by the end of the month.',
    'Due date as agreed.',
  ],
  payTo: [
    'Please transfer the amount to this account:',
    'Kindly remit to:',
    'Payment by bank transfer to:',
    'Our bank:',
  ],
  hurry: [
    'Please make the payment today so that the goods can leave.',
    'The transfer is urgent: without it we cannot hold the delivery slot.',
    'We need your payment immediately and a confirmation of it.',
    'Could you get this paid right away?',
  ],
  chase: [
    'Our books show that invoice {invoice} over {amount} for {order} has not been paid.',
    'We are still waiting for {amount} for {order}.',
    'Invoice {invoice} ({order}) is overdue; the outstanding balance is {amount}.',
    'May I ask when {amount} for {order} will be paid?',
  ],
  changed: [
    'Please note that our bank details have changed.',
    'We have moved to another bank and have a new account.',
    'Our old account is being audited and can no longer receive payments.',
    'As of this month our finance department works with a different bank account; kindly update your records.',
    'The account on file was closed last week.',
    'We would like to inform you about the change of our banking information.',
  ],
  useOnly: [
    'From now on please use only the following account:',
    'All open invoices are to be settled to:',
    'Kindly direct the payment for {order} to:',
    'The new details are:',
  ],
  askForIt: [
    'Shall I send you the new bank details for the payment of {order}?',
    'Please hold the payment of {order}: our bank account has changed and we will send you the new details after your reply.',
    'Before you pay {order}, let me know, our banking details have been updated.',
    'Please confirm that you can change our bank account in your system before the next payment.',
  ],
  pretext: [
    'This is due to a tax audit.',
    'The reason is a restructuring of our group.',
    'Our bank had technical problems.',
    '',
  ],
  unchanged: [
    'Our bank details have not changed.',
    'As before, please pay to the account that you know; our banking details remain unchanged.',
    'There is no change to our bank account.',
  ],
  beware: [
    'Beware of fraud: we never change our bank details by e-mail.',
    'If you receive a message that says our bank account has changed, please call us.',
    'Criminals send mails about new bank accounts; we will never announce such a change by e-mail.',
  ],
  crypto: [
    'As our account is blocked at the moment, please pay in Bitcoin; you get the wallet on request.',
    'Please settle the invoice with USDT this time, we give 5% discount for it.',
    'To speed this up you can pay with gift cards and send us pictures of the codes.',
    'Please send the amount by Western Union to our accountant.',
  ],
  remittance: [
    'Please send the remittance advice for your payments to {address}.',
    'Kindly send remittance details of each transfer to {address}.',
  ],
  executive: [
    'I need you to make a transfer of {amount} today. I am in a meeting and cannot talk, keep this between us. Account: {account}.',
    'Are you at your desk? An urgent payment of {amount} has to go out before noon, the beneficiary is {account}. It is confidential until we announce it.',
    'Please pay {amount} to {account} immediately, I will send you the papers later. Do not discuss it with anyone.',
    'Can you buy gift cards worth {amount} for our customers? I need the codes today, it is urgent.',
  ],
  executiveHonest: [
    'Has the invoice of {supplier} over {amount} been approved? Let us talk about it tomorrow.',
    'Please check why {supplier} says that {order} has not been paid. I am in the office from Monday.',
  ],
  factoring: [
    'We have bought the claim of {supplier} for {order}. Please pay {amount} to us only, our account is {account}.',
    'On behalf of {supplier} we collect the outstanding {amount} for {order}. Transfer it to {account}.',
  ],
  delivery: [
    'The goods of {order} leave our warehouse tomorrow and arrive on Thursday.',
    'Your delivery for {order}, 3 pallets, is on its way. The driver calls an hour before.',
  ],
  newContact: [
    '{person} takes over from 1 December and is your new contact for orders.',
    'I would like to introduce {person}, our new account manager for your company.',
  ],
  debit: [
    'As agreed we collect the amount by direct debit from your account {account}.',
    'We refund {amount} to your account {account}.',
  ],
  wrote: ['On {date}, {reader} <{address}> wrote:'],
  earlier: [
    'We have received the goods. To which account shall we pay?',
    'Thank you, accounting will transfer it this week. Please confirm the details once more.',
    'Could you send us the invoice again?',
  ],
  total: 'Total',
  order: 'Order',
  invoiceNumber: 'Invoice no.',
  account: 'IBAN',
  bank: 'Bank',
};
