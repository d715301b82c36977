/** Tables of `feedback`; part of EmailScanningDb. */
// biome-ignore lint/complexity/noBannedTypes: filled by the noun
export type FeedbackTables = {};
