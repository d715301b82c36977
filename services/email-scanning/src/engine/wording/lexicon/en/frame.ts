import type { Lexicon } from '../../concepts.ts';

/** How a mail is framed. */
export const frame: Lexicon = {
  'generic-greeting': `
    (dear|hello|hi|attention|attn|attention dear|hey|greetings|dear valued|good day|valued|esteemed|dear esteemed) (valued|our|esteemed|beloved|) (customer|customers|user|users|client|clients|member|members|subscriber|subscribers|account holder|account owner|account user|email user|e mail user|mail user|webmail user|email owner|mailbox user|mailbox owner|cardholder|card holder|card member|cardmember|taxpayer|tax payer|beneficiary|winner|owner|sir madam|sir or madam|sir ma|email account|email account user|webmail subscriber|webmail account|home owner|homeowner|consumer|recipient|netizen|applicant|citizen|seller|buyer|shopper|paypal user|paypal customer|paypal member|ebay user|ebay member|friend)
    dear (_|_ _) (customer|user|client|member|cardholder|subscriber|account holder)
    (dear|hello|hi) (your|my) (email|e mail|mail|account)
  `,
  unsubscribe: `
    (unsubscribe|unsubscribing|unsubscribed|opt out|manage (your|) (preferences|subscription|subscriptions|notifications)|email preferences|update your preferences|communication preferences|notification settings|view (this|it|) (email|) (in|on) (your|a|the) browser|view online|view in browser|stop receiving|no longer wish to receive|prefer not to receive|do not wish to receive|don't want to receive)
  `,
  transaction: `
    (order|invoice|booking|reservation|ticket|reference|tracking|shipment|confirmation|purchase order|customer|case|quote|quotation|delivery note|policy|contract|receipt|statement|account ending|po) (number|no|nr|id|ref|reference|code|date|in|ending)
    (delivery|billing|shipping|invoice) address
    (subtotal|sub total|grand total|total amount|vat|net amount|amount due|payment terms|due date|order total|order summary|estimated delivery|total due|qty|quantity|unit price)
  `,
  'warning-talk': `
    (phishing|scam|scams|scammers|fraudsters|phishers|spoofed|spoofing|social engineering|phish)
    (will|would) never (ask|request|email|call|contact|send) (you|for|your|) (for|to|your|an|) (your|any|share|provide|) (password|pin|personal|sensitive|account|details|)
    (beware|be aware|watch out|be careful|stay alert|be suspicious|be wary) of (~) (emails|scams|mails|phishing|messages|fraud|fraudulent|fake|calls)
    (never|do not|don't) (share|give|disclose|reveal) (your|this|it|the) (~) (password|pin|code|anyone|details)
  `,
  'if-not-you': `
    if (you|this|it) (did not|didn't|wasn't|was not|have not|haven't|don't|do not) (~) (request|requested|you|make|made|this|initiate|recognize|sign|authorize)
    (ignore|disregard|delete) (this|the) (email|message|mail|e mail|notice)
    (wasn't|was not|not) you
  `,
  'help-desk': `
    (it|i t|technical|system|systems|mail|email|e mail|webmail|help|service|security|account|accounts|admin|network|server|support|office|web|customer|customer care|hr|billing|verification|fraud|privacy|message|domain|cpanel|outlook|microsoft|exchange|zimbra|roundcube|mailbox) (help desk|helpdesk|desk|support team|security team|service team|admin team|team|administrator|admin|administration|support center|support centre|service center|support department|department|center|notification center|response team|management team|protection team|service desk|support) (_|) (c|copyright|all rights|regards|thank|thanks|2|2024|2025|2023|2026|2022|inc|will|has|have|is|are|would|wants|requires|need|needs|)
    (webmaster|web master|postmaster|system administrator|systems administrator|mail administrator|email administrator|it department|ict department|it support|it service|mail server|server admin|it helpdesk|it help desk|admin team|mail admin|no reply admin|account team|accounts team|cpanel|webmail team|security department)
  `,
};
