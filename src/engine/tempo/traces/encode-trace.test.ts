import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../../store/open-test-store';
import { createTempoApi } from '../create-tempo-api';

const TRACE = '5b8efff798038103d269b633813fc60c';

let store: TestStore;

beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

it('tells of resource and scope how many attributes were dropped', async () => {
  await store.ingestJson('traces', {
    resourceSpans: [
      {
        resource: { droppedAttributesCount: 2 },
        scopeSpans: [
          {
            scope: { name: 'lib', droppedAttributesCount: 3 },
            spans: [{ traceId: TRACE, spanId: 'eee19b7ec3c1b174', name: 'a' }],
          },
        ],
      },
    ],
  });
  const { app } = createTempoApi(store.reader, Date.now);
  for (const path of [`/api/traces/${TRACE}`, `/api/v2/traces/${TRACE}`]) {
    const text = await (await app.request(path)).text();
    expect(text).toContain('"resource":{"droppedAttributesCount":2}');
    expect(text).toContain('"scope":{"name":"lib","droppedAttributesCount":3}');
  }
});
