import { describe, expect, it } from 'vitest';
import { compileRedaction, type Redaction } from '../../../shared/redaction/compile-redaction';
import { redactionPresets } from './redaction-presets';

function preset(title: string): Redaction {
  const found = redactionPresets.find((each) => each.title.startsWith(title));
  const compiled = compileRedaction([found!.rule], (text) => `digest of ${text}`);
  if ('kind' in compiled) throw new Error(compiled.message);
  return compiled;
}
const onLine = (title: string, line: string) => preset(title).ofLogLine?.(line);
const onAttribute = (title: string, key: string, value: string) => preset(title).ofAttribute(key)?.(value);

describe('the presets', () => {
  it('mask e-mail addresses and leave what only looks a little like one', () => {
    expect(onLine('E-mail', 'mail to Ada.L+x@mail.example.co.uk, not a@b')).toBe('mail to ***, not a@b');
  });

  it('mask card numbers however they are spaced, and no times or ids', () => {
    const cards = '4111111111111111 5500 0000 0000 0004 3782-822463-10005';
    expect(onLine('Card', cards)).toBe('**** **** ****');
    const others = '1790000000123 1790000000123456789 order 4711 4bf92f3577b34da6';
    expect(onLine('Card', others)).toBe(others);
  });

  it('drop headers that carry a right to enter', () => {
    expect(onAttribute('Authorization', 'http.request.header.authorization', 'x')).toBeUndefined();
    expect(preset('Authorization').ofAttribute('http.request.header.Set-Cookie')).not.toBeNull();
    expect(preset('Authorization').ofAttribute('http.request.header.accept')).toBeNull();
  });

  it('mask bearer tokens inside a line', () => {
    expect(onLine('Bearer', 'Authorization: bearer eyJh.bGci-Oi_J= sent')).toBe('Authorization: Bearer *** sent');
  });

  it('hash client addresses and user ids', () => {
    expect(onAttribute('Client', 'client.address', '10.0.0.7')).toBe('digest of 10.0.0.7');
    expect(onAttribute('User', 'user.id', '7')).toBe('digest of 7');
  });

  it('drop what is named like a password', () => {
    expect(preset('Passwords').ofAttribute('db.password')).not.toBeNull();
    expect(preset('Passwords').ofAttribute('app.api_key')).not.toBeNull();
    expect(preset('Passwords').ofAttribute('app.keyboard')).toBeNull();
  });
});
