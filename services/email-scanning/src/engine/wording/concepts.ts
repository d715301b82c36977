/** What a mail can talk about, as the lexicons name it. A concept alone says nothing about good or bad: checks combine them. */
export const concepts = [
  // An account, and what is said to happen to it
  'account-threat',
  'unusual-activity',
  'mailbox-trouble',
  'password-expiry',
  'payment-problem',
  'loss-threat',
  'verify-demand',
  'click-demand',
  'urgency',
  'deadline',
  // Pretexts for a click
  'document-share',
  'voice-message',
  'parcel-held',
  'delivery-fee',
  'refund',
  'prize',
  'subscription-renewal',
  'charge-notice',
  'call-us',
  'infected',
  // Money of a company
  'opener',
  'secrecy',
  'gift-card',
  'payroll-change',
  'bank-change',
  'transfer-request',
  // Money that does not exist
  'inheritance',
  'lottery',
  'donation',
  'fund-offer',
  'partner-wanted',
  'extortion-recording',
  'extortion-payment',
  'wallet',
  'crypto-gift',
  'investment',
  // Advertising that nobody asked for
  'dating',
  'adult',
  'pharmacy',
  'replica',
  'cheap-software',
  'loan',
  'casino',
  'weight-loss',
  'search-ranking',
  'easy-money',
  'chain-letter',
  'address-lists',
  'diploma',
  'stock-tip',
  'sales-pitch',
  'not-spam',
  // How it is framed
  'generic-greeting',
  'unsubscribe',
  'transaction',
  'warning-talk',
  'if-not-you',
  'help-desk',
] as const;

export type Concept = (typeof concepts)[number];

/**
 * The phrases of one language: for each concept lines of words, in ordinary spelling. `word*` is a beginning, `(a|b c|)` alternatives (an
 * empty one: may be left out), `_` any one word, `~` up to two words of any kind.
 */
export type Lexicon = Partial<Record<Concept, string>>;
