// `npm run check:laws`: whether the laws of stock, money and mail hold in a database, all tenants, at one moment. Prints each
// law with the rows that were looked at; exits with 1 when one is broken, with 2 when it could not be checked.
import { styleText } from 'node:util';
import pg from 'pg';
import { checkLaws, type Verdict } from './laws/check.ts';
import { databaseUrl } from './laws/database-url.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);

function print({ law, rows, found, holds }: Verdict): void {
  const mark = holds ? styleText('green', '✓') : styleText('red', '✗');
  say(`${mark} ${String(law.number).padStart(2)}  ${law.title}`);
  say(
    styleText(
      'dim',
      `       ${rows.toLocaleString('en')} rows: ${found.map((one) => `${one.rows.toLocaleString('en')} ${one.check.of}`).join(', ')}`,
    ),
  );
  for (const { check, broken } of found)
    for (const row of broken) say(styleText('red', `       ${check.of}: ${JSON.stringify(row)}`));
}

async function run(): Promise<number> {
  const client = new pg.Client({
    connectionString: await databaseUrl(process.env),
    application_name: 'check-laws',
  });
  await client.connect();
  try {
    const { rows } = await client.query(
      'select rolsuper or rolbypassrls as sees_all from pg_roles where rolname = current_user',
    );
    if (!rows[0]?.sees_all)
      throw new Error('This role does not see every tenant: use a superuser, or one with BYPASSRLS.');
    await client.query('begin transaction isolation level repeatable read read only');
    let broken = 0;
    for await (const verdict of checkLaws(client)) {
      print(verdict);
      if (!verdict.holds) broken++;
    }
    say(broken === 0 ? styleText('green', '\nAll laws hold.') : styleText('red', `\n${broken} broken.`));
    return broken === 0 ? 0 : 1;
  } finally {
    await client.end();
  }
}

process.exitCode = await run().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  return 2;
});
