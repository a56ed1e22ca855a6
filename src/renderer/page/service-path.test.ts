import { expect, it } from 'vitest';
import { pathOfService, serviceOfPath } from './service-path';

it('finds the service again whatever it is called, and makes no step through folders of it', () => {
  for (const name of ['shop', '', '.', '..', '...', '~', '~.', '~shop', 'a/b', 'a%2Fb', 'a\nb']) {
    expect(pathOfService(name)).not.toMatch(/^\.{0,2}$/);
    expect(serviceOfPath(pathOfService(name))).toBe(name);
  }
});
