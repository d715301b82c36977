import type { Finding } from '@stockade/contracts/email-scanning';
import type { FileFacts } from './files/facts.ts';

export type { Finding };
export type Severity = Finding['severity'];
export type Verdict = 'clean' | 'suspicious' | 'malicious';

export interface Address {
  /** As shown, decoded; may be empty. */
  name: string;
  /** Lower case; empty when the header holds none. */
  address: string;
}

export interface Link {
  /** As written, entities decoded, trimmed, at most 2,000 characters. */
  href: string;
  /** What the reader sees; for an address in plain text the address itself. */
  text: string;
  /** Where it stands. `file`: in an attachment (PDF, office document, page, QR code). */
  from: 'text' | 'html' | 'file' | 'qr';
}

export interface Image {
  src: string;
  alt: string;
  width: number | null;
  height: number | null;
  /** Whether it is also a link's content. */
  linked: boolean;
}

export interface Form {
  action: string;
  method: string;
  /** Types of its inputs, lower case: `password`, `email`, `text` … */
  inputs: string[];
}

/** What the HTML is made of. */
export interface HtmlFacts {
  bytes: number;
  forms: Form[];
  images: Image[];
  /** Scripts and event handlers. */
  scripts: number;
  /** Code that unpacks a file or page in the reader's browser: `atob(`, `new Blob(`, `unescape(`, `msSaveBlob`, … */
  smuggling: string[];
  /** `<meta http-equiv=refresh>` targets and the like. */
  redirects: string[];
  /** `<base href>`, which changes where relative links lead. */
  base: string | null;
  iframes: string[];
  /** Characters that the reader sees, and those that are in the HTML but not on the screen. */
  visibleCharacters: number;
  hiddenCharacters: number;
  /** Words cut by zero-width or invisible signs, or by hidden elements in their middle. */
  brokenWords: number;
}

export interface Attachment {
  filename: string | null;
  /** As the part declares it, lower case. */
  mimeType: string;
  inline: boolean;
  contentId: string | null;
  size: number;
  sha256: string;
  /** What it really is, by its bytes, with what was found in it. */
  facts: FileFacts;
}

/** What could not be read or was cut off; `code` is stable, `message` is for people. */
export interface Problem {
  code: string;
  message: string;
}

/** What a message says, bounded: no field can be so large that a check would take long over it. Structured-clonable. */
/** How a message is read. */
export interface ParseOptions {
  /** Whether pictures are searched for QR codes; they are unless told. */
  codes?: boolean;
}

export interface ParsedMessage {
  from: Address | null;
  /** From headers; more than one is forbidden, and shown differently by different programs. */
  fromCount: number;
  /** All addresses of the From header; more than one is rare and worth a look. */
  fromAll: Address[];
  /** The Sender header. */
  sender: Address | null;
  replyTo: Address[];
  /** Of the Return-Path header; the envelope's stands in Envelope. */
  returnPath: string | null;
  to: Address[];
  cc: Address[];
  subject: string | null;
  date: string | null;
  messageId: string | null;
  inReplyTo: string | null;
  /** Message ids of the References header. */
  threadIds: string[];
  mailer: string | null;
  /** Whether it says that it went through a mailing list (List-Id, List-Post, Precedence: list). */
  list: boolean;
  /** Raw values of Authentication-Results headers, topmost first, bounded. */
  authenticationResults: string[];
  /** Names of all headers in their order, lower case, bounded. */
  headerNames: string[];
  /** Whether headers hold 8-bit bytes or broken encoded words. */
  brokenHeaders: boolean;
  /** The plain text, and the visible text of the HTML. */
  text: string;
  htmlText: string;
  /** Text that the HTML hides from the reader. */
  hiddenText: string;
  /** Zero-width and other invisible signs in what is shown. */
  invisibleCharacters: number;
  links: Link[];
  hasHtml: boolean;
  html: HtmlFacts | null;
  attachments: Attachment[];
  /** Media types of the leaf parts, in order, bounded. */
  partTypes: string[];
  charsets: string[];
  size: number;
  problems: Problem[];
}

export interface BankAccount {
  id: string;
  iban: string | null;
  routingNumber: string | null;
  accountNumber: string | null;
  /** proposed | verified | rejected | superseded */
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
  /** draft | pending_approval | approved | sent | partially_received | received | closed | cancelled */
  status: string;
  total: string;
  currency: string;
}

/** An entry of the tenant's allow and block lists. */
export interface ListEntry {
  id: string;
  effect: 'allow' | 'block';
  kind: 'address' | 'domain' | 'ip' | 'url-host' | 'sha256';
  value: string;
}

/** The tenant's own rules for verdicts. */
export interface Policy {
  /** Scores from which on a message is suspicious, and malicious. */
  suspiciousFrom: number;
  maliciousFrom: number;
  /** Techniques that the tenant has turned off. */
  disabledTechniques: string[];
  /** authserv-ids whose Authentication-Results are believed. */
  trustedAuthservIds: string[];
  /** The verdict from which on a message is kept back. */
  quarantineFrom: 'suspicious' | 'malicious';
}

/** What the tenant's people taught the classifier: weights beside the model's own, by feature (hashed). */
export interface Adaptation {
  bias: number;
  weights: Record<string, number>;
}

/** What the tenant knows, the same for all its messages until it changes: a thread compiles it once for each key. */
export interface TenantKnowledge {
  /** Another one whenever anything in here is. */
  key: string;
  ownDomains: string[];
  users: { name: string; email: string }[];
  suppliers: Supplier[];
  lists: ListEntry[];
  policy: Policy;
  adaptation: Adaptation | null;
}

export type AuthResult = 'pass' | 'fail' | 'softfail' | 'neutral' | 'none' | 'temperror' | 'permerror';

/** Whether the sender is who he says; `none` also when it could not be checked. */
export interface Authentication {
  /** `checked`: by us; `trusted`: an upstream server said so; `none`: nobody looked. */
  from: 'checked' | 'trusted' | 'none';
  spf: AuthResult;
  dkim: AuthResult;
  dmarc: AuthResult;
  arc: AuthResult;
  /** The domain for which DKIM passed, and whether it fits the From domain. */
  dkimDomain: string | null;
  aligned: boolean;
  /** DMARC policy of the From domain, when known. */
  policy: 'none' | 'quarantine' | 'reject' | null;
}

/** A hit of the message's references in a threat feed. */
export interface IndicatorHit {
  feed: string;
  kind: 'url' | 'host' | 'sha256' | 'domain' | 'ip';
  value: string;
}

/** What is known about this one message. */
export interface MessageKnowledge {
  /** Those of the orders that it names which exist. */
  orders: Order[];
  indicators: IndicatorHit[];
  authentication: Authentication | null;
  /** Null: history is not kept (no server). Counts are of earlier messages that were judged clean. */
  history: {
    fromAddressSeen: number;
    fromDomainSeen: number;
    /** Whether a message that it answers (In-Reply-To, References) is known: received by, or sent by, the tenant. */
    threadKnown: boolean;
  } | null;
  /** What an antivirus daemon says: names by the attachment's SHA-256. Null: none was asked. */
  viruses: Record<string, string> | null;
}

export interface ScanKnowledge {
  tenant: TenantKnowledge;
  message: MessageKnowledge;
}

export interface Envelope {
  from?: string;
  to?: string[];
  clientIp?: string;
  helo?: string;
}

/** What a message refers to: by it the service knows what to look up. Bounded. */
export interface References {
  orderNumbers: string[];
  senderDomain: string | null;
  senderAddress: string | null;
  ibans: string[];
  /** US routing number with account number. */
  usAccounts: { routingNumber: string; accountNumber: string }[];
  /** Web links, normalised (lower-case host, no fragment), and their hosts. */
  urls: string[];
  hosts: string[];
  /** SHA-256 of attachments and of files in them. */
  hashes: string[];
  /** Message ids that it answers. */
  threadIds: string[];
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

/** The message's text made ready for reading, once for all checks. */
export interface Reading {
  /** What a person sees, as written: subject, body (the HTML's visible text when there is HTML, else the plain text), names of attachments. */
  shown: string;
  /** Like `shown`, with the other alternative, hidden text and text of attachments: for finding accounts and order numbers. */
  everything: string;
  /** `shown` folded: lower case, no accents, look-alike letters as Latin ones, invisible signs gone. */
  folded: string;
  /** The words of `folded`, bounded. */
  words: string[];
}

/** Everything a check may look at. */
export interface CheckContext {
  message: ParsedMessage;
  knowledge: ScanKnowledge;
  envelope: Envelope;
  references: References;
  reading: Reading;
  /** Who the message is from or pretends to be from, and how we know. */
  sender: SenderIdentity;
}

export interface SenderIdentity {
  domain: string | null;
  /** The part that somebody registered: `mail.acme.co.uk` → `acme.co.uk`. */
  registrable: string | null;
  /** Whether it is one of the tenant's own domains. */
  own: boolean;
  /** The supplier whose domain it really is. */
  supplier: Supplier | null;
  /** The supplier that it imitates. */
  impersonated: {
    supplier: Supplier;
    domain: string;
    how: string;
    /** 0–100: how sure it is that the resemblance is no coincidence. */
    certainty: number;
  } | null;
}

/** One thing that a check can find, as the catalogue lists it. */
export interface Technique {
  /** kebab-case, unique, stable: stored with every finding. */
  id: string;
  /** A few words. */
  title: string;
  /** What is looked at and why it matters, in a sentence or two. */
  description: string;
  /** The highest score one finding of it gives. */
  maxScore: number;
  /** Where a rule or list is from, when it is not our own. */
  source?: string;
}

/** One thing to look for. `run` has no effect but its findings, takes time linear in the message, and never throws. */
export interface Check {
  readonly id: string;
  readonly techniques: readonly Technique[];
  run(context: CheckContext): Finding[];
}
