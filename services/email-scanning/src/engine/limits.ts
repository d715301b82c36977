/** What is read of one message. What goes beyond is cut off, and said so in a finding: nothing passes unseen without a word. */
export const limits = {
  messageBytes: 25 * 1024 * 1024,
  parts: 1_000,
  nestingDepth: 32,
  headerBytes: 256 * 1024,
  headers: 2_000,
  /** Within which a message is taken apart; what is not read by then is left out. */
  parseMilliseconds: 500,
  /** Characters of one body that are decoded and read; checks see less of it. */
  bodyCharacters: 4_000_000,
  /** Characters of each kind of text that checks look at. */
  text: 200_000,
  /** Of all kinds together. */
  everything: 500_000,
  words: 20_000,
  links: 500,
  attachments: 200,
  addresses: 100,
  findings: 100,
} as const;
