/**
 * How a field of a change is shown in the audit. `plain`: as it is, but for the names in e-mail addresses; `person`: the
 * initials of a name; `bank`: the last four characters; `url`: without what may be a credential; `secret`: nothing but
 * that there is something. An object says it for each of its members, and for those of each element of a list.
 */
export type FieldMask =
  | 'plain'
  | 'person'
  | 'bank'
  | 'url'
  | 'secret'
  | { readonly [member: string]: FieldMask };

const plain = (...fields: readonly string[]): Record<string, FieldMask> =>
  Object.fromEntries(fields.map((field) => [field, 'plain']));

/**
 * Every kind of thing that changes are recorded of, with the fields of those changes: there is no other list of them. What
 * is not named here is shown as a secret, so that a new field has to be thought of before anybody reads it.
 */
export const auditTargets: Readonly<Record<string, Readonly<Record<string, FieldMask>>>> = {
  // identity
  user: {
    ...plain('email', 'role', 'status', 'failures', 'device', 'totp', 'passkeys'),
    ...{ name: 'person', password: 'secret' },
  },
  session: plain('method'),
  'api-key': plain('name', 'prefix', 'scopes', 'expires_at', 'revoked_at', 'replaced_by'),
  passkey: plain('name', 'backed_up', 'counter'),
  tenant: plain('name', 'mail_domains', 'status', 'mode', 'plan_factor'),
  'feature-flag': plain('by_tenant', 'by_operator', 'pinned'),
  'account-mail': plain('status', 'provider', 'note', 'kind', 'user_id'),
  // inventory
  site: plain('code', 'name', 'timeZone', 'active'),
  location: plain('siteId', 'code', 'name', 'active'),
  item: {
    ...plain('sku', 'name', 'unit', 'description', 'barcode', 'reorderPoint', 'reorderQuantity'),
    ...plain('allowNegative', 'lotTracked', 'conversions', 'active'),
  },
  lot: plain('itemId', 'code', 'expiresAt'),
  bom: plain('itemId', 'quantity', 'active', 'lines'),
  movement: {
    ...plain('type', 'itemId', 'siteId', 'locationId', 'lotId', 'toSiteId', 'toLocationId', 'quantity'),
    ...plain('occurredAt', 'reason', 'reference', 'reversesId'),
  },
  reservation: plain('item_id', 'site_id', 'quantity', 'consumed', 'status', 'reference', 'expires_at'),
  transfer: plain('fromSiteId', 'toSiteId', 'status', 'reference', 'lines', 'reason'),
  'cycle-count': {
    ...plain('site_id', 'location_id', 'item_ids', 'status', 'reference', 'counter_id', 'round', 'reason'),
  },
  'production-order': {
    ...plain('itemId', 'bomId', 'siteId', 'status', 'quantity', 'produced', 'reference', 'lines', 'reason'),
  },
  'reorder-rule': plain('itemId', 'siteId', 'reorderPoint', 'reorderQuantity', 'active'),
  import: plain('kind', 'mode', 'bytes'),
  export: plain('kind', 'itemId', 'siteId', 'from', 'to'),
  // purchasing
  supplier: {
    ...plain('code', 'name', 'mail_domains', 'currency', 'active', 'bankAccounts'),
    contacts: { name: 'person', email: 'plain' },
  },
  'bank-account': {
    ...plain('supplierId', 'status', 'reason'),
    ...{ holder: 'person', iban: 'bank', accountNumber: 'bank' },
  },
  'purchase-order': {
    ...plain('number', 'supplier_id', 'site_id', 'currency', 'total', 'status', 'lines', 'expected_at'),
    ...plain('mail', 'reason'),
  },
  'order-mail': plain('status', 'provider', 'provider_id', 'note'),
  receipt: {
    ...plain('purchaseOrder', 'lines', 'status', 'stock_posting', 'reference'),
    ...plain('reversal_reason', 'reversal_refusal'),
  },
  invoice: {
    ...plain('supplierId', 'purchaseOrderId', 'number', 'normalizedNumber', 'issuedAt', 'currency'),
    ...plain('status', 'total', 'lines', 'reason', 'acceptedDifferences', 'invoices'),
    ...{ iban: 'bank', accountNumber: 'bank' },
  },
  'payment-hold': plain('invoice', 'purchaseOrder', 'message', 'reason', 'status', 'release_reason'),
  'reorder-suggestion': {
    ...plain('item_id', 'site_id', 'reorder_point', 'quantity', 'status', 'purchase_order_id', 'reason'),
  },
  settings: plain('approvalThreshold', 'receiptTolerance', 'priceTolerance', 'quantityTolerance'),
  // email-scanning
  message: {
    ...plain('sha256', 'sizeBytes', 'source', 'envelopeFrom', 'verdict', 'score', 'disposition'),
  },
  feedback: plain('message_id', 'verdict', 'reason'),
  'list-entry': plain('effect', 'kind', 'value', 'note', 'expires_at'),
  feed: {
    ...plain('name', 'format', 'interval_minutes', 'active', 'bytes', 'indicators', 'added', 'removed'),
    url: 'url',
  },
  'mail-policy': plain(
    ...['suspiciousFrom', 'maliciousFrom', 'quarantineFrom', 'disabledTechniques', 'trustedAuthservIds'],
  ),
  'mail-source': {
    ...plain('kind', 'name', 'active', 'settings', 'addresses', 'previousSecretUntil'),
    ...{ secret: 'secret', password: 'secret' },
  },
  'mail-import': plain('format', 'bytes'),
  // audit
  'audit-export': {
    ...plain('format', 'since', 'action', 'severity', 'actorId', 'targetType', 'targetId', 'requestId'),
    ...plain('from', 'to', 'search'),
  },
  'audit-log': plain('sequences', 'count'),
  'audit-retention': plain('readDays', 'securityEventDays', 'changeDays'),
  'legal-hold': {
    ...plain('reason', 'actor_id', 'target_type', 'target_id', 'occurred_from', 'occurred_to'),
    ...plain('released_at', 'release_reason'),
  },
  'siem-stream': {
    ...plain('name', 'actions', 'pausedBy', 'lastError', 'failures', 'previousSecretUntil'),
    ...{ url: 'url', secret: 'secret' },
  },
  // every service
  'dead-letter': plain('status', 'note'),
};
