/** What the movement of a receipt's line is known by: unique in the ledger, so that no line is ever posted twice. */
export const sourceOf = (receiptId: string, lineId: string): string => `receipt-line ${receiptId} ${lineId}`;
