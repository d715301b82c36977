import { inventoryOperations } from '@stockade/contracts/inventory';
import { badInputTest } from '@stockade/testing';
import t from 'tap';
import { makeSamples } from './samples.ts';
import { startInventory } from './setup.ts';
import { tenantTables } from './tables.ts';

const service = await startInventory(t);

await badInputTest(t, service, inventoryOperations, await makeSamples(service), await tenantTables(service));
