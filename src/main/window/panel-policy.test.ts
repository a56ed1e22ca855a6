import { describe, expect, it } from 'vitest';
import { panelAddress } from '../bridge/panel-address';
import { mayNavigate, mayOpenOutside, maySave, mayUse } from './panel-policy';

const elsewhere = [
  'http://app/',
  'https://example.org/',
  'watchtower-panel://app.evil.example/',
  'watchtower-panel://app:80/',
  'watchtower-panel://evil/',
  'watchtower-panel://evil@app/',
  'watchtower-panel:app/',
  'watchtower://app/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'about:blank',
  '',
];

describe('the window of the panel', () => {
  it('stays on the panel', () => {
    expect(mayNavigate('watchtower-panel://app/traces?since=15m')).toBe(true);
    for (const address of elsewhere) expect(mayNavigate(address), address).toBe(false);
  });

  it('saves what it made itself and nothing else', () => {
    expect(maySave('blob:watchtower-panel://app/0b0c9a4e-3c1f-4d53-a5c5-1a2b3c4d5e6f')).toBe(true);
    expect(maySave('watchtower-panel://app/traces')).toBe(false);
    for (const address of elsewhere) {
      expect(maySave(address), address).toBe(false);
      expect(maySave(`blob:${address}`), address).toBe(false);
    }
  });

  it('may write to the clipboard and nothing else, and no other page may', () => {
    expect(mayUse('clipboard-sanitized-write', 'watchtower-panel://app/')).toBe(true);
    for (const address of elsewhere) expect(mayUse('clipboard-sanitized-write', address), address).toBe(false);
    for (const permission of ['clipboard-read', 'media', 'geolocation', 'notifications', 'openExternal', 'usb']) {
      expect(mayUse(permission, 'watchtower-panel://app/'), permission).toBe(false);
    }
  });

  it('hands https and pages of this machine to the browser of the system, and nothing else', () => {
    for (const address of [
      'http://127.0.0.1:3000/',
      'http://localhost:3000/explore?x=1',
      'https://[::1]:3000/',
      'https://grafana.com/docs/',
    ]) {
      expect(mayOpenOutside(address), address).toBe(true);
    }
    for (const address of [
      'http://example.org/',
      'http://127.0.0.1.example.org/',
      'http://user:secret@127.0.0.1:3000/',
      'https://user:secret@example.org/',
      'watchtower-panel://app/traces',
      'file:///etc/passwd',
      'smb://127.0.0.1/share',
      'ms-msdt:/id',
      'javascript:alert(1)',
      '',
    ]) {
      expect(mayOpenOutside(address), address).toBe(false);
    }
  });
});

describe('panelAddress', () => {
  it('stays on the panel whatever the path is', () => {
    expect(panelAddress('/traces/abc?x=1')).toBe('watchtower-panel://app/traces/abc?x=1');
    expect(panelAddress('//evil.example/')).toBe('watchtower-panel://app/evil.example/');
    expect(panelAddress('https://evil.example/')).toBe('watchtower-panel://app/https://evil.example/');
    for (const path of ['', '/', '\\\\evil.example', '@evil.example', '/../..']) {
      expect(mayNavigate(panelAddress(path)), path).toBe(true);
    }
  });
});
