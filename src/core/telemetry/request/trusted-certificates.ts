import * as tls from 'node:tls';

/** Node takes certificates that are given instead of its own, not beside them: its own (with those of NODE_EXTRA_CA_CERTS) and these. */
export function trustedCertificates(ca: string): string[] {
  // Since Node.js 22.15; before it, those of NODE_EXTRA_CA_CERTS cannot be read.
  const { getCACertificates } = tls as { getCACertificates?: () => string[] };
  return [...(getCACertificates?.() ?? tls.rootCertificates), ca];
}
