import { expect, it } from 'vitest';
import { panelLink } from './panel-link';

const host = { url: 'http://127.0.0.1:1', token: 'secret' };
const terminal = { out() {}, error() {}, coloured: false, columns: 80 };

it('carries the key for a person alone', () => {
  expect(panelLink(host, { ...terminal, isPerson: true })).toBe('http://127.0.0.1:1/?token=secret');
  expect(panelLink(host, { ...terminal, isPerson: false })).toBe('http://127.0.0.1:1');
});
