import { describe, expect, it } from 'vitest';
import { mayNavigate, mayOpenOutside, mayUse } from './panel-policy';

const origin = 'http://127.0.0.1:4320';

describe('the window of the panel', () => {
  it('stays on the origin of the panel', () => {
    expect(mayNavigate(`${origin}/traces?since=15m`, origin)).toBe(true);
    for (const address of [
      'http://127.0.0.1:4321/',
      'https://127.0.0.1:4320/',
      'http://127.0.0.1:4320@evil.example/',
      'http://127.0.0.1:4320.evil.example/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'about:blank',
      '',
    ]) {
      expect(mayNavigate(address, origin), address).toBe(false);
    }
  });

  it('may write to the clipboard and nothing else, and no other page may', () => {
    expect(mayUse('clipboard-sanitized-write', origin, origin)).toBe(true);
    expect(mayUse('clipboard-sanitized-write', 'http://evil.example', origin)).toBe(false);
    for (const permission of ['clipboard-read', 'media', 'geolocation', 'notifications', 'openExternal', 'usb']) {
      expect(mayUse(permission, origin, origin), permission).toBe(false);
    }
  });

  it('hands pages of this machine to the browser of the system, and nothing else', () => {
    for (const address of ['http://127.0.0.1:3000/', 'http://localhost:3000/explore?x=1', 'https://[::1]:3000/']) {
      expect(mayOpenOutside(address, origin), address).toBe(true);
    }
    for (const address of [
      `${origin}/traces`,
      'https://example.org/',
      'http://127.0.0.1.example.org/',
      'http://user:secret@127.0.0.1:3000/',
      'file:///etc/passwd',
      'smb://127.0.0.1/share',
      'javascript:alert(1)',
      '',
    ]) {
      expect(mayOpenOutside(address, origin), address).toBe(false);
    }
  });
});
