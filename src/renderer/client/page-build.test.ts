import { describe, expect, it } from 'vitest';
import { isOtherBuildServed } from './page-build';

/** A page that was loaded with this script. */
function pageOf(src: string | null): Document {
  const script = src === null ? null : { getAttribute: () => src };
  return { querySelector: () => script } as unknown as Document;
}
const serving =
  (html: string, status = 200): typeof fetch =>
  async () =>
    new Response(html, { status });
const served = '<script type="module" crossorigin src="/assets/index-new1.js"></script>';

describe('isOtherBuildServed', () => {
  it('tells a page of another build from one of the same', async () => {
    expect(await isOtherBuildServed(pageOf('/assets/index-old1.js'), serving(served))).toBe(true);
    expect(await isOtherBuildServed(pageOf('/assets/index-new1.js'), serving(served))).toBe(false);
    expect(await isOtherBuildServed(pageOf('./assets/index-new1.js'), serving(served))).toBe(false);
  });

  it('claims nothing where it cannot know', async () => {
    expect(await isOtherBuildServed(pageOf(null), serving(served))).toBe(false);
    expect(await isOtherBuildServed(pageOf('/assets/index-old1.js'), serving('sign in', 401))).toBe(false);
    const away: typeof fetch = () => Promise.reject(new TypeError('away'));
    expect(await isOtherBuildServed(pageOf('/assets/index-old1.js'), away)).toBe(false);
  });
});
