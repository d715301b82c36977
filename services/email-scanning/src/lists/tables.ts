/** Tables of `lists`; part of EmailScanningDb. */
// biome-ignore lint/complexity/noBannedTypes: filled by the noun
export type ListTables = {};
