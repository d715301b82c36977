// Loads what the processes load, so that its compiled form is in the cache before the first start. Opens nothing.
const apps = ['audit', 'email-scanning', 'identity', 'inventory', 'purchasing'].map(
  (name) => `../services/${name}/src/app.ts`,
);

for (const app of [...apps, '../gateway/src/app.ts']) await import(app);
