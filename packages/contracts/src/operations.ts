import { auditOperations } from './audit/operations.ts';
import { emailScanningOperations } from './email-scanning/operations.ts';
import { gatewayOperations } from './gateway/operations.ts';
import { identityOperations } from './identity/operations.ts';
import { inventoryOperations } from './inventory/operations.ts';
import type { Operation } from './operation.ts';
import { purchasingOperations } from './purchasing/operations.ts';

/** Every operation of the API, internal ones included. */
export const allOperations: readonly Operation[] = [
  ...identityOperations,
  ...inventoryOperations,
  ...purchasingOperations,
  ...emailScanningOperations,
  ...auditOperations,
  ...gatewayOperations,
];
