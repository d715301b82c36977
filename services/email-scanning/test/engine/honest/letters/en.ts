import type { Stationery } from '../../../../training/honest/letter.ts';

export const stationery: Stationery = {
  language: 'en',
  greeting: 'Dear {name}',
  closing: 'Yours sincerely\n{company}',
  unsubscribe: 'Stop receiving this newsletter',
  browser: 'Web version',
  people: ['Martin Cole', 'Susan Reid', 'Daniel Okafor', 'Emily Hart'],
  companies: [
    ['Pemberton Fasteners Ltd', 'pembertonfasteners.co.uk', 'Unit 6, Albion Way, Walsall WS2 8RA'],
    ['Lakeside Freight Lines', 'lakesidefreight.com', '4100 Harbor Blvd, Duluth, MN 55802'],
    ['Tessell Software', 'tessell-software.io', '31 Rope Walk, Bristol BS1 6ZJ'],
  ],
};

export const letters = `
invoice
{company}: invoice {no} is attached to your account
Your invoice for last month's deliveries is now available in the customer portal. The total is {amount} including VAT.
We collect the amount by direct debit on {date}, so there is nothing you need to do.
> Open invoice

order
Thanks! We are working on order {no}
It is us again, with good news: the payment has cleared and our people are picking your order right now.
Most parcels leave on the same day. You get another message with the tracking number.
| Hex bolts M10 x 60, zinc, 200 pcs | 38.00
| Washers M10, 500 pcs | 12.50
| Total paid | {amount}

delay
Delivery of {no} moves to {date}
The ferry from Rotterdam did not sail because of the storm, and your pallet was on it. The new delivery date is {date}.
If that is too late for your production, call Dave on 01922 400 217 and we will find something from stock.

password-reset
Choose a new password
Somebody, hopefully you, asked for a new password for the portal. Follow the link within the next two hours to choose one.
Not you? Then do nothing. Nobody can change your password without this email.
> Choose password

verification
Please confirm your email address
Welcome to Tessell. Please confirm your email address so that we can send you invoices and alerts. The link is valid for 48 hours.
If you did not create an account, please ignore this message.
> Confirm email address

newsletter
What a 4 mm washer taught us about phishing
A customer nearly paid a false invoice last month. In this issue our finance lead explains how the scammers had copied a real invoice and only changed the bank account, and which three questions her team now asks before every payment.
Also: new stainless ranges, a free sample box for every order over 100, and our stand at the fair in Birmingham.
> Read the whole story

reminder
Account overdue – {no}
Our ledger shows the balance below as overdue by more than 30 days. Unless we receive payment by {date}, we have to put your account on hold and further orders can only be shipped against prepayment.
If there is a query on the invoice, please tell us which line it concerns.
| Balance overdue | {amount}

receipt
Payment received, thank you
We have received your payment of {amount} for subscription {no}. Your plan renews on {date}. A receipt is available in your account.
Need to change your card or cancel? You can do both under Settings, Billing.
> Settings

storage
Your project storage is 80% full
The storage of your project is 80% full. When it reaches 100%, new uploads will be refused; nothing will be deleted.
You can remove old exports or upgrade the plan under Settings.
> See what uses the space

voicemail
Summary of yesterday's calls
You had two missed calls and one voice message on {date}. The recording is in the portal for 30 days.
> Listen in the portal

notice
Open enrolment ends on {date}
Human resources reminds you that the choice of your health plan for next year has to be made by {date}. After that the plan you have now is continued.
The brochure is on the intranet; Karen answers questions in room 12 on Tuesday and Thursday.

document
Contract for the service period 2027, ready for your review
As discussed on the phone, I have put the draft contract into our customer portal. Please review section 4, the response times are new.
When you are happy with it, I send the final version for signature.
> Open the draft
`;
