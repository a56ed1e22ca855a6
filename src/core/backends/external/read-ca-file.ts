import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Problem } from '../../../shared/problem';

const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates of a PEM file. */
export async function readCaFile(path: string): Promise<{ ca: string } | Problem> {
  const refuse = (reason: string): Problem => ({
    kind: 'external-ca-unreadable',
    message: `The CA file ${path} cannot be used: ${reason}.`,
    hint: 'Give a file with the certificate of the authority in PEM (-----BEGIN CERTIFICATE-----).',
  });
  try {
    const found = (await readFile(path, 'utf8')).match(certificate) ?? [];
    if (found.length === 0) return refuse('it holds no certificate in PEM');
    for (const each of found) new X509Certificate(each);
    return { ca: found.join('\n') };
  } catch (error) {
    return refuse((error as Error).message);
  }
}
