/** What no part of a path can be: nothing, or a step through folders; and what would be read as one that was marked. */
const marked = /^(?:~.*|\.{0,2})$/su;

/** A service's name as the `$name` of its page's path: every text is the name of some service, the empty one too. */
export function pathOfService(service: string): string {
  return marked.test(service) ? `~${service}` : service;
}

export function serviceOfPath(name: string): string {
  return name.startsWith('~') ? name.slice(1) : name;
}
