/** One message, whole: what every provider is given. */
export interface Mail {
  /** The full RFC 5322 id, without `<` and `>`. */
  messageId: string;
  /** The same for every attempt at this message and for no other: 1 to 256 printable ASCII characters. */
  idempotencyKey: string;
  from: { name: string; email: string };
  to: Address[];
  replyTo?: Address;
  subject: string;
  text: string;
  html: string;
  attachments: Attachment[];
}

export interface Address {
  name?: string;
  email: string;
}

export interface Attachment {
  filename: string;
  contentType: string;
  content: Buffer;
}
