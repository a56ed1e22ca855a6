import { describe, expect, it } from 'vitest';
import { explainTls, isTlsCode } from './explain-tls';

describe('explainTls', () => {
  it.each([
    ['CERT_HAS_EXPIRED', 'has expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'for another name'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'not trusted'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'not trusted'],
  ])('names host and issuer: %s', (code, words) => {
    expect(isTlsCode(code)).toBe(true);
    const { message } = explainTls(code, 'otel.example', 'Acme CA');
    expect(message).toContain('otel.example, issued by "Acme CA"');
    expect(message).toContain(words);
    expect(explainTls(code, 'otel.example', null).message).not.toContain('issued');
  });
});
