import { BlockList, isIP } from 'node:net';

const candidate = /(?<!\d)\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*/g;

/** An address, a range `a-b` or a CIDR block; undefined when it is none of them. */
export function parseIpPattern(pattern: string): ((address: string) => boolean) | undefined {
  const list = new BlockList();
  const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
  const [from, to] = pattern.split('-');
  const [network, prefix] = pattern.split('/');
  try {
    if (to !== undefined && isIP(from!) && isIP(to)) list.addRange(from!, to, family(from!));
    else if (prefix !== undefined && isIP(network!) && /^\d+$/.test(prefix))
      list.addSubnet(network!, Number(prefix), family(network!));
    else if (isIP(pattern)) list.addAddress(pattern, family(pattern));
    else return undefined;
  } catch {
    return undefined;
  }
  return (address) => isIP(address) !== 0 && list.check(address, family(address));
}

/** Whether any address in the text lies in the pattern. */
export function findIp(matches: (address: string) => boolean, text: string): boolean {
  for (const [found] of text.matchAll(candidate)) {
    if (matches(found)) return true;
  }
  return false;
}
