import { createFeatureFlags } from '@stockade/feature-flags';
import type { Secrets } from '@stockade/secrets';
import { defineService, oldImports, resealing, type ServiceDefinition } from '@stockade/service-kit';
import { antivirusCheck } from './antivirus/health.ts';
import { createAntivirus } from './antivirus/index.ts';
import { createAuthenticator, dnsResolver, nobody } from './authentication/index.ts';
import type { MailSettings } from './config.ts';
import { createEngine } from './engine/engine.ts';
import { learningTask } from './feedback/learn.ts';
import { feedbackRoutes } from './feedback/routes.ts';
import { feedsCheck } from './feeds/health.ts';
import { feedTask } from './feeds/refresh.ts';
import { feedRoutes } from './feeds/routes.ts';
import { forgetHistory } from './history/queries.ts';
import { imapTask } from './imap/poll.ts';
import { importRoutes } from './imports/routes.ts';
import { importTask } from './imports/work-off.ts';
import { scanConsumer } from './jobs/scan.ts';
import { expiredListEntries } from './lists/expire.ts';
import { listRoutes } from './lists/routes.ts';
import { oldRawMail } from './messages/clean-up.ts';
import { createBacklog } from './messages/intake.ts';
import { messageRoutes } from './messages/routes.ts';
import { createVerdictWaiters } from './messages/verdict-waiters.ts';
import { policyRoutes } from './policy/routes.ts';
import { bankDetailsSealer, sealedAccounts } from './projections/bank-details.ts';
import { projectionConsumer } from './projections/consumer.ts';
import { rescanRoutes } from './rescan/routes.ts';
import { referenceCleanUp, rescanTasks } from './rescan/tasks.ts';
import { sealedSecrets } from './sources/commands.ts';
import { sourceRoutes } from './sources/routes.ts';
import { openStorage } from './storage/open.ts';
import type { EmailScanningDb } from './tables.ts';
import { forgetSignatures } from './webhooks/queries.ts';
import { inboundRoutes } from './webhooks/routes.ts';

const hourMs = 3_600_000;

const listOf = (text: string) =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

interface Parts {
  config: MailSettings;
  secrets: Secrets;
}

/** The scanner's service. One of its worker threads is always there, others come with the mail. */
export function createEmailScanning({
  config: settings,
  secrets,
}: Parts): ServiceDefinition<EmailScanningDb> {
  const waiters = createVerdictWaiters();
  const engine = createEngine({ kept: 1 });
  const bankDetails = bankDetailsSealer(secrets);
  const { raws, sealer, cleanUps } = openStorage(settings, secrets);
  const sealed = resealing<EmailScanningDb>([sealedAccounts, ...sealedSecrets(sealer)]);
  const flags = createFeatureFlags('email-scanning');
  const scanner = {
    engine,
    raws,
    bankDetails,
    authenticator: createAuthenticator({
      resolver:
        settings.AUTH_CHECKS === 'dns' ? dnsResolver({ servers: listOf(settings.DNS_SERVERS) }) : nobody,
    }),
    antivirus: createAntivirus({ url: settings.CLAMD_URL ?? null }),
    flags,
  };
  const backlog = createBacklog();
  const [urgent, patient] = [backlog.urgent(raws), backlog.patient(raws)];
  return defineService<EmailScanningDb>({
    name: 'email-scanning',
    routes: [
      messageRoutes(waiters, urgent),
      sourceRoutes(sealer),
      importRoutes(sealer),
      inboundRoutes(sealer, urgent),
      feedbackRoutes,
      rescanRoutes,
      policyRoutes,
      listRoutes,
      feedRoutes,
    ],
    consumers: [projectionConsumer(bankDetails), scanConsumer(scanner)],
    tasks: [
      sealed.task,
      imapTask({ raws: patient, sealer, settings }),
      importTask({ raws: patient, sealer }),
      feedTask({ allowPrivate: settings.FEEDS_ALLOW_PRIVATE }),
      ...rescanTasks,
      learningTask({ engine, raws }),
    ],
    cleanUps: [
      ...cleanUps,
      {
        name: 'taken-signatures',
        everyMs: 60_000,
        run: ({ systemDb }) => forgetSignatures(systemDb, new Date()),
      },
      { name: 'old-history', everyMs: hourMs, run: ({ systemDb }) => forgetHistory(systemDb) },
      expiredListEntries,
      oldImports,
      oldRawMail(settings.MAIL_RAW_DAYS),
      referenceCleanUp,
    ],
    checks: (service) => ({
      feeds: () => feedsCheck(service.systemDb),
      antivirus: () => antivirusCheck(scanner.antivirus),
      sealing: sealed.check(service),
    }),
    async start(service) {
      waiters.start(service as never);
      backlog.start(service);
      await flags.start(service);
      const { SERVICE_ROLE: role } = service.config as { SERVICE_ROLE?: string };
      if (role !== 'http') engine.warm();
      if (settings.SMTP_PORT !== undefined && role !== 'worker') {
        const { startSmtp } = await import('./smtp/server.ts');
        const smtp = await startSmtp({ service, raws: urgent, settings });
        service.onShutdown(() => smtp.close());
      }
      service.onShutdown(async () => {
        scanner.antivirus.close();
        await scanner.authenticator.close();
        await engine.close();
      });
    },
  });
}
