import { getSettings, updateSettings } from '@stockade/contracts/purchasing';
import { defineRoutes } from '@stockade/service-kit';
import type { PurchasingDb } from '../tables.ts';
import { changeSettings } from './commands.ts';
import { readSettings } from './queries.ts';

export const settingsRoutes = defineRoutes<PurchasingDb>((route) => {
  route(getSettings, ({ read }) => read(readSettings));
  route(updateSettings, ({ body, ifMatch, command }) =>
    command((work) => changeSettings(work, body, ifMatch)),
  );
});
