import type { Stationery } from '../letter.ts';

export const stationery: Stationery = {
  language: 'en',
  greeting: 'Hello {name},',
  closing: 'Kind regards\nThe team at {company}',
  unsubscribe: 'Unsubscribe',
  browser: 'View in browser',
  people: ['Anna Berger', 'Tom Whitfield', 'Priya Nair', 'George Allen', 'Laura Simmons'],
  companies: [
    ['Harrow & Finch Tooling', 'harrowfinch.co.uk', '14 Canal Street, Leeds LS1 4DT'],
    ['Bluegate Office Supply', 'bluegateoffice.com', '220 Mercer Ave, Columbus, OH 43215'],
    ['Northmoor Timber', 'northmoortimber.co.uk', 'Station Yard, Hexham NE46 1EZ'],
    ['Cardinal Cloud Hosting', 'cardinalhosting.net', '8 Dock Road, Cork, Ireland'],
  ],
};

export const letters = `
invoice
Invoice {no} from {company}
Please find below the details of invoice {no}, dated {date}. The goods were delivered on the same day.
Payment is due within 30 days, net. Please quote the invoice number with your transfer; our bank details are unchanged and printed on the invoice.
| Subtotal | 418.20
| VAT 20% | 83.64
| Total due | {amount}
> View invoice

order
Your order {no} has been received
Thank you for your order. We have received it and will let you know as soon as it leaves our warehouse.
You can change the delivery address until the parcel has been packed.
| 4 x Ring binder A4, grey | 15.96
| 1 x Desk lamp Vega | 39.90
| Shipping | 4.95
| Order total | {amount}
> View order

shipping
Your parcel is on its way ({no})
Your order {no} was handed to the carrier today. The tracking number is {tracking}.
Delivery is expected on {date} between 9 am and 1 pm. If nobody is at home, the driver will leave the parcel with a neighbour or at the nearest pick-up point.
> Track your parcel

password-reset
Reset your {company} password
We received a request to reset the password for your account. Click the button below to choose a new one. The link expires in 24 hours.
If you did not request this, you can ignore this email. Your password stays as it is.
> Reset password

code
{code} is your sign-in code
Enter this code to sign in: {code}. It is valid for ten minutes.
Never share this code with anyone. Our staff will never ask you for it.

security
New sign-in to your account
Your account was just signed in to from a new device: Firefox on Linux, near Manchester, on {date} at {time}.
If this was you, there is nothing to do. If it was not, please change your password and check your recovery address.
> Review activity

newsletter
Three ways to keep your workshop dry this winter
Condensation costs more tools than thieves do. In this month's letter our foreman Pete explains how he stores blades from October to March, and what he got wrong for ten years.
Also in this issue: the new moisture meters are in stock, 15% off all dehumidifiers until the end of the month, and free shipping on orders over 60.
> Read the article

reminder
Payment reminder: invoice {no}
According to our records invoice {no} of {date} has not been paid yet. You have surely overlooked it.
Please transfer the outstanding amount within the next 7 days. If you have paid in the meantime, please disregard this letter.
| Amount outstanding | {amount}
| Reminder fee | 0.00
> View invoice

statement
Your statement for September is ready
Your monthly account statement is available in online banking under Documents. For your security we do not attach it to emails.
We will never ask you for your PIN or password by email. Be careful with messages that claim to come from us and ask for them.

receipt
Your receipt from {company}
Thank you. We have charged your card ending in 4471 for your monthly plan. The subscription renews automatically on {date}; you can cancel at any time in your account settings.
| Team plan, 5 seats | 45.00
| Tax | 9.00
| Amount charged | {amount}
> View receipt

payment-problem
Your payment could not be processed
We tried to charge your card ending in 4471 for your hosting plan, but the bank declined the payment.
Please update your payment method within 10 days so that your service continues without interruption. You can do so in your account under Billing.
> Update payment method

notice
Office closed on Friday afternoon
As announced at the last meeting, the office closes at 1 pm on Friday because the electricians are testing the emergency lighting.
Please save your work and shut down your computers before you leave. The time sheets for this month are due on {date}.

quote
Our quotation {no}
Thank you for your enquiry. We are pleased to offer you the following, valid until {date}.
Delivery takes about three weeks from receipt of order. Please let me know if you have any questions, I am in the office until five.
| 200 m Larch decking 28 x 145 | 1,460.00
| Delivery to site | 85.00

support
[Ticket {no}] Your request has been updated
Our engineer has replied to your ticket: "The mailbox was full because the archive rule had been switched off. I have switched it on again and incoming mail is delivered now."
Please reply to this email or open the ticket if the problem comes back. The ticket closes by itself after 7 days.
> View ticket

appointment
Your appointment on {date} at {time}
This is to confirm your appointment for the annual inspection of the forklift on {date} at {time}.
If you cannot keep it, please call us on 0113 496 0188 at least 24 hours before.
`;
