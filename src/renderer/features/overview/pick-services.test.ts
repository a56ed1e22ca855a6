import { expect, it } from 'vitest';
import type { ServiceActivity } from '../../../shared/contract/services';
import { pickServices } from './pick-services';

const service = (name: string, errorSpans = 0, errorLogs = 0) => ({ name, errorSpans, errorLogs }) as ServiceActivity;
const pick = (services: ServiceActivity[], most: number) => pickServices(services, most).map(({ name }) => name);

it('leaves out those that fail least where very many do', () => {
  const services = Array.from({ length: 10_000 }, (_, index) => service(`s${index}`, index + 1));
  expect(pick(services, 12)).toHaveLength(50);
  expect(pick(services, 12)[0]).toBe('s9950');
  expect(pick(services, 200)).toHaveLength(200);
});

it('leaves out the last ones, but none that fails', () => {
  const services = [service('a'), service('b', 1), service('c'), service('d', 0, 3), service('e')];
  expect(pick(services, 3)).toEqual(['a', 'b', 'd']);
  expect(pick(services, 1)).toEqual(['b', 'd']);
  expect(pick(services, 9)).toEqual(['a', 'b', 'c', 'd', 'e']);
});
