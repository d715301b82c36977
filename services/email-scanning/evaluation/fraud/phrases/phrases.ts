/** How one language says what mail between buyers and suppliers says. `{name}` stands for what a case fills in; each list holds variants. */
export interface Phrases {
  /** How amounts and dates are written (BCP 47). */
  locale: string;
  hello: string[];
  bye: string[];
  subjectInvoice: string[];
  subjectReminder: string[];
  subjectChange: string[];
  invoice: string[];
  partial: string[];
  due: string[];
  payTo: string[];
  hurry: string[];
  chase: string[];
  /** The account is another one, and which. */
  changed: string[];
  useOnly: string[];
  askForIt: string[];
  pretext: string[];
  /** The same talk, honest: nothing has changed; beware of those who say so. */
  unchanged: string[];
  beware: string[];
  crypto: string[];
  remittance: string[];
  executive: string[];
  executiveHonest: string[];
  factoring: string[];
  delivery: string[];
  newContact: string[];
  debit: string[];
  wrote: string[];
  earlier: string[];
  total: string;
  order: string;
  invoiceNumber: string;
  account: string;
  bank: string;
}
