import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

const built = 'out/renderer';
/** What the panel's first script may weigh, in bytes, and it with all that stands beside it before anything is shown. */
const most = { script: 400_000, withAll: 640_000 };

test("the panel's first script stays within its bound, and so does all that the first page waits for", () => {
  const page = readFileSync(join(built, 'index.html'), 'utf8');
  const scripts = [...page.matchAll(/<(script|link)\b[^>]*\b(?:src|href)="\/(assets\/[^"]+\.js)"/g)];
  const weigh = (path: string) => statSync(join(built, path)).size;
  const [first] = scripts.filter(([, tag]) => tag === 'script').map(([, , path]) => path!);
  expect(weigh(first!)).toBeLessThanOrEqual(most.script);
  expect(scripts.reduce((sum, [, , path]) => sum + weigh(path!), 0)).toBeLessThanOrEqual(most.withAll);
});
