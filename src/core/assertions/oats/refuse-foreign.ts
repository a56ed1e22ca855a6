import type { Refusal } from '../case';
import type { YamlMapping } from '../yaml/yaml-mapping';

/** What either dialect of OATs may expect and Watchtower does not keep: profiles, and the output of containers. */
export function refuseForeign(expected: YamlMapping): Refusal[] {
  const profiles = expected.mappings('profiles').map(({ place }): Refusal => {
    return { place, what: 'expected.profiles', why: 'Watchtower keeps no profiles', needed: false };
  });
  if (expected.texts('compose-logs').length === 0) return profiles;
  const why = 'it reads the output of containers; expect the line under logs';
  return [...profiles, { place: expected.placeOf('compose-logs'), what: 'expected.compose-logs', why, needed: false }];
}
