import type { PurchasingSettings, UpdateSettingsBody } from '@stockade/contracts/purchasing';
import { changed, type Work } from '@stockade/messaging';
import { checkVersion } from '@stockade/service-kit';
import type { Static } from 'typebox';
import type { PurchasingDb } from '../tables.ts';
import * as queries from './queries.ts';

const audited = ['approvalThreshold', 'receiptTolerance', 'priceTolerance', 'quantityTolerance'];

/** Changes what is named and leaves the rest. */
export async function changeSettings(
  work: Work<PurchasingDb>,
  body: Static<typeof UpdateSettingsBody>,
  ifMatch: number | null,
): Promise<PurchasingSettings> {
  const before = await queries.lockSettings(work.trx, work.tenantId);
  checkVersion(before.version, ifMatch);
  const after = await queries.updateSettings(work.trx, {
    ...(body.approvalThreshold === undefined ? {} : { approval_threshold: body.approvalThreshold }),
    ...(body.receiptTolerance === undefined ? {} : { receipt_tolerance: body.receiptTolerance }),
    ...(body.priceTolerance === undefined ? {} : { price_tolerance: body.priceTolerance }),
    ...(body.quantityTolerance === undefined ? {} : { quantity_tolerance: body.quantityTolerance }),
  });
  const settings = queries.toSettings(after);
  work.audit({
    action: 'purchasing.settings.update',
    target: { type: 'settings', id: work.tenantId },
    changes: changed(queries.toSettings(before), settings, audited),
  });
  return settings;
}
