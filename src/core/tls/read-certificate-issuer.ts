import { connect, type PeerCertificate } from 'node:tls';

/** Who issued the certificate of an HTTPS server that is not trusted; nothing is sent to it. Null when it cannot be read. */
export function readCertificateIssuer(url: URL, timeoutMs: number): Promise<string | null> {
  return new Promise((resolve) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const socket = connect({
      host,
      port: Number(url.port || 443),
      // A name for SNI must not be an address.
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
      rejectUnauthorized: false,
      timeout: timeoutMs,
    });
    const end = (issuer: string | null) => {
      socket.destroy();
      resolve(issuer);
    };
    socket.once('secureConnect', () => end(nameOf(socket.getPeerCertificate())));
    socket.once('timeout', () => end(null));
    socket.once('error', () => end(null));
  });
}

function nameOf(certificate: PeerCertificate): string | null {
  const { CN, O } = (certificate.issuer ?? {}) as { CN?: string | string[]; O?: string | string[] };
  const name = [CN, O].flat().filter(Boolean).join(', ');
  return name || null;
}
