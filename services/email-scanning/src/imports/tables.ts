/** Tables of `imports`; part of EmailScanningDb. */
// biome-ignore lint/complexity/noBannedTypes: filled by the noun
export type ImportTables = {};
