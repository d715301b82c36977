/** Tables of `sources`; part of EmailScanningDb. */
// biome-ignore lint/complexity/noBannedTypes: filled by the noun
export type SourceTables = {};
