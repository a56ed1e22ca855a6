import { expect, it } from 'vitest';
import type { ServiceActivity } from '../../../shared/contract/services';
import { pickServices } from './pick-services';

const service = (name: string, errorSpans = 0, errorLogs = 0) => ({ name, errorSpans, errorLogs }) as ServiceActivity;
const pick = (services: ServiceActivity[], most: number) => pickServices(services, most).map(({ name }) => name);

it('leaves out the last ones, but none that fails', () => {
  const services = [service('a'), service('b', 1), service('c'), service('d', 0, 3), service('e')];
  expect(pick(services, 3)).toEqual(['a', 'b', 'd']);
  expect(pick(services, 1)).toEqual(['b', 'd']);
  expect(pick(services, 9)).toEqual(['a', 'b', 'c', 'd', 'e']);
});
