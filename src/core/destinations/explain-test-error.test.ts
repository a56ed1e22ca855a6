import { describe, expect, it } from 'vitest';
import { explainTestError, explainTls, isTlsCode } from './explain-test-error';

const url = new URL('https://otel.example/base');

describe('explainTls', () => {
  it.each([
    ['CERT_HAS_EXPIRED', 'has expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'for another name'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'not trusted'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'not trusted'],
  ])('names host and issuer: %s', (code, words) => {
    expect(isTlsCode(code)).toBe(true);
    const { message } = explainTls(code, url.host, 'Acme CA');
    expect(message).toContain('otel.example, issued by "Acme CA"');
    expect(message).toContain(words);
    expect(explainTls(code, url.host, null).message).not.toContain('issued');
  });
});

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
