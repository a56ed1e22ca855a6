const tlsCode = /^(?:ERR_TLS|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|HOSTNAME_MISMATCH|EPROTO|ERR_SSL)/;

/** The variable by which Node trusts more authorities, read when it starts. */
export const extraCertificates = 'NODE_EXTRA_CA_CERTS';

/** The server's certificate was not accepted. `issuer` null: it could not be read. */
export function explainTls(code: string, host: string, issuer: string | null): { message: string; hint: string } {
  const by = issuer ? `, issued by "${issuer}",` : '';
  if (code === 'CERT_HAS_EXPIRED') {
    return { message: `The certificate of ${host}${by} has expired.`, hint: 'Its owner has to renew it.' };
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return { message: `The certificate of ${host}${by} is for another name.`, hint: 'Check the URL.' };
  }
  if (/^(?:EPROTO|ERR_SSL)/.test(code)) {
    return { message: `${host} does not speak TLS.`, hint: 'Check the URL: should it begin with http:// ?' };
  }
  return {
    message: `The certificate of ${host}${by} is not trusted (${code}).`,
    hint: `Is this a company proxy or a private authority you trust? Start Watchtower with ${extraCertificates}=FILE, its certificate in PEM.`,
  };
}

export function isTlsCode(code: string): boolean {
  return tlsCode.test(code);
}
