import { describe, expect, it } from 'vitest';
import { isTlsCode } from '../tls/explain-tls';
import { explainTestError } from './explain-test-error';

const url = new URL('https://otel.example/base');

describe('explainTestError', () => {
  it.each([
    ['EAI_AGAIN', 'name otel.example'],
    ['ENETUNREACH', 'no way to'],
    ['ETIMEDOUT', 'in time'],
    ['ECONNRESET', 'broke the connection off'],
    ['ERR_INVALID_CHAR', 'character'],
    ['EWEIRD', 'EWEIRD'],
  ])('has words and a hint for %s', (code, words) => {
    expect(isTlsCode(code)).toBe(false);
    const { message, hint } = explainTestError(code, url, false);
    expect(message).toContain(words);
    expect(hint).toBeTruthy();
  });
});
