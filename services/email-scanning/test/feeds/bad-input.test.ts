import {
  feedbackOperations,
  feedOperations,
  listOperations,
  policyOperations,
  rescanOperations,
} from '@stockade/contracts/email-scanning';
import { badInputTest, type Sample, type TestService } from '@stockade/testing';
import t from 'tap';
import { letter, sendAndScan, start } from '../service.ts';
import { addFeed } from './refreshing.ts';

/** A good request of every operation by which people rule, teach and subscribe. */
async function makeSamples(service: TestService): Promise<Record<string, Sample>> {
  const owner = service.as('owner');
  const entry = async (value: string) => {
    const answer = await owner.post('/v1/mail/lists', { effect: 'block', kind: 'domain', value });
    return { params: { entryId: answer.body.id as string } };
  };
  const { id: messageId } = await sendAndScan(service, letter({ body: 'Harmless' }));
  const said = await owner.post(`/v1/mail/messages/${messageId}/feedback`, { verdict: 'clean' });
  const feedback = { params: { messageId, feedbackId: said.body.id as string } };
  const url = 'https://feeds.example/list.txt';
  const feed = { params: { feedId: await addFeed(owner, { url }) } };
  return {
    createListEntry: {
      body: {
        ...{ effect: 'allow', kind: 'address', value: 'ann@supplier.example' },
        ...{ note: 'Our contact', expiresAt: '2040-01-01T00:00:00Z' },
      },
    },
    listListEntries: { query: { effect: 'block', kind: 'domain', search: 'evil' } },
    getListEntry: await entry('read.example'),
    deleteListEntry: await entry('gone.example'),
    getMailPolicy: {},
    updateMailPolicy: {
      body: {
        ...{ suspiciousFrom: 30, maliciousFrom: 80, quarantineFrom: 'suspicious' },
        ...{ disabledTechniques: ['reply-to-mismatch'], trustedAuthservIds: ['mx.demo.example'] },
      },
    },
    giveFeedback: { params: { messageId }, body: { verdict: 'malicious', reason: 'Not ours' } },
    listFeedback: { params: { messageId } },
    getFeedback: feedback,
    withdrawFeedback: { ...feedback, personId: owner.personId },
    createFeed: {
      body: { name: 'URLs', format: 'url-list', url, intervalMinutes: 30, active: true },
    },
    listFeeds: { query: { active: 'true' } },
    getFeed: feed,
    updateFeed: { ...feed, body: { name: 'Domains', url, intervalMinutes: 60, active: true } },
    deleteFeed: { params: { feedId: await addFeed(owner, {}) } },
    refreshFeed: { ...feed, body: { acceptShrink: true } },
    uploadFeed: { ...feed, query: { acceptShrink: 'true' }, body: 'evil.example\n' },
    rescanMessage: { params: { messageId } },
  };
}

const service = await start(t);
const operations = [
  ...[feedbackOperations, listOperations, policyOperations, feedOperations, rescanOperations].flat(),
];

await badInputTest(t, service, operations, await makeSamples(service), [
  ...['list_entries', 'policies', 'feedback', 'adaptations', 'knowledge_versions', 'messages'],
  ...['feeds', 'feed_uploads', 'indicators', 'pending_rescans'],
]);
