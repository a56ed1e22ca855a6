import { describe, expect, it } from 'vitest';
import { showPlainText } from './show-plain-text';

describe('showPlainText', () => {
  it('leaves out colours of terminals', () => {
    expect(showPlainText('\u001b[1;31mERROR\u001b[0m done')).toBe('ERROR done');
  });

  it('shows other control characters as pictures', () => {
    expect(showPlainText('a\u001b]0;title\u0007b\u0000')).toBe('a␛]0;title␇b␀');
  });

  it('names marks that would turn the reading direction', () => {
    expect(showPlainText('abc\u202edef')).toBe('abc‹U+202E›def');
  });

  it('keeps text, tabs, line feeds and other scripts', () => {
    expect(showPlainText('naïve\t数\nשלום 🙂')).toBe('naïve\t数\nשלום 🙂');
  });
});
