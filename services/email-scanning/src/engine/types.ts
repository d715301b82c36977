import type { Finding } from '@stockade/contracts/email-scanning';

export type { Finding };
export type Severity = Finding['severity'];
export type Verdict = 'clean' | 'suspicious' | 'malicious';

export interface Address {
  name: string;
  /** Lower case; empty when the header holds none. */
  address: string;
}

export interface Link {
  href: string;
  /** What the reader sees. */
  text: string;
}

export interface Attachment {
  filename: string | null;
  /** As the part declares it, lower case. */
  mimeType: string;
  size: number;
  sha256: string;
  /** The first bytes, in hex: enough to tell what it really is. */
  magic: string;
  /** Whether it holds the EICAR test string. */
  eicar: boolean;
}

/** What a message says, bounded: no field can be so large that a check would take long over it. */
export interface ParsedMessage {
  from: Address | null;
  /** From headers; more than one is forbidden, and shown differently by different programs. */
  fromCount: number;
  replyTo: Address[];
  to: Address[];
  subject: string | null;
  date: string | null;
  messageId: string | null;
  /** The plain text, and the text of the HTML. */
  text: string;
  htmlText: string;
  /** Text that the HTML hides from the reader. */
  hiddenText: string;
  links: Link[];
  /** Whether the HTML asks for a password. */
  asksForPassword: boolean;
  hasHtml: boolean;
  attachments: Attachment[];
  /** What could not be read, or was cut off. */
  problems: string[];
}

export interface BankAccount {
  id: string;
  iban: string | null;
  routingNumber: string | null;
  accountNumber: string | null;
  status: string;
}

export interface Supplier {
  id: string;
  name: string;
  mailDomains: string[];
  contacts: { name: string; email: string }[];
  bankAccounts: BankAccount[];
}

export interface Order {
  id: string;
  number: string;
  supplierId: string;
  status: string;
  total: string;
  currency: string;
}

/** What the tenant knows; without a server there is nothing in it. */
export interface ScanKnowledge {
  ownDomains: string[];
  users: { name: string; email: string }[];
  suppliers: Supplier[];
  /** Those that the message names. */
  orders: Order[];
}

export interface Envelope {
  from?: string;
  to?: string[];
  clientIp?: string;
}

/** What a message refers to: by it the service knows what to look up. */
export interface References {
  orderNumbers: string[];
  senderDomain: string | null;
  ibans: string[];
}

export interface Fraud {
  supplierId: string | null;
  purchaseOrderIds: string[];
  reason: string;
}

export interface ScanResult {
  verdict: Verdict;
  /** 0–100. */
  score: number;
  findings: Finding[];
  related: { supplierId: string | null; purchaseOrderIds: string[] };
  /** Set when payments must be held. */
  fraud: Fraud | null;
}

/** Everything a check may look at. */
export interface CheckContext {
  message: ParsedMessage;
  knowledge: ScanKnowledge;
  envelope: Envelope;
  references: References;
  /** Who the message is from or pretends to be from, and how we know. */
  sender: SenderIdentity;
}

export interface SenderIdentity {
  domain: string | null;
  /** The part that somebody registered: `mail.acme.co.uk` → `acme.co.uk`. */
  registrable: string | null;
  /** The supplier whose domain it really is. */
  supplier: Supplier | null;
  /** The supplier that it imitates. */
  impersonated: { supplier: Supplier; domain: string; how: string } | null;
}

/** One thing to look for. `run` has no effect but its findings. */
export interface Check {
  readonly technique: string;
  run(context: CheckContext): Finding[];
}
