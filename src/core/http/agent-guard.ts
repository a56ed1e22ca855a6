import { equalSecrets } from './equal-secrets';
import { isLoopbackHost } from './is-loopback-host';

interface AgentRequest {
  header(name: string): string | undefined;
}

type AgentVerdict = { allowed: true } | { allowed: false; status: 401 | 403; reason: string };

/**
 * Who may ask as an agent: a program of this machine that knows the read-only token. No web page, this panel's own neither: an agent's
 * client is no browser, and what a browser sends along by itself counts for nothing here.
 */
export function judgeAgent({ header }: AgentRequest, token: string): AgentVerdict {
  const host = header('host') ?? '';
  if (!isLoopbackHost(host)) return refuse(403, `Host ${JSON.stringify(host)} is not this machine.`);
  if (header('origin') !== undefined || header('sec-fetch-site') !== undefined)
    return refuse(403, 'Web pages are refused.');
  const bearer = /^Bearer (.+)$/i.exec(header('authorization') ?? '')?.[1];
  if (bearer === undefined)
    return refuse(401, 'Send the token of the file mcp-token in the Watchtower home as bearer.');
  return equalSecrets(bearer, token)
    ? { allowed: true }
    : refuse(401, 'The token is wrong: it is in the file mcp-token in the Watchtower home.');
}

function refuse(status: 401 | 403, reason: string): AgentVerdict {
  return { allowed: false, status, reason };
}
