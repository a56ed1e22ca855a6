import { describe, expect, it } from 'vitest';
import { createRandom } from './random';
import type { Step } from './step';
import { tellStory } from './tell-story';

function all(step: Step): Step[] {
  return [step, ...step.children.flatMap(all)];
}

const random = createRandom(7);
const stories = Array.from({ length: 500 }, () => tellStory(random));

describe('tellStory', () => {
  it('tells the same story for the same seed', () => {
    expect(tellStory(createRandom(3))).toEqual(tellStory(createRandom(3)));
    expect(tellStory(createRandom(3))).not.toEqual(tellStory(createRandom(4)));
  });

  it('keeps every child within its parent', () => {
    for (const parent of stories.flatMap(all)) {
      for (const child of parent.children) {
        expect(child.start).toBeGreaterThanOrEqual(0);
        expect(child.start + child.duration).toBeLessThanOrEqual(parent.duration + 1e-6);
      }
    }
  });

  it('takes part in all three services', () => {
    expect(new Set(stories.flatMap(all).map((step) => step.service))).toEqual(
      new Set(['api-gateway', 'order-service', 'payment-service']),
    );
  });

  it('has failures, but keeps them rare', () => {
    const failed = stories.filter((story) => story.error).length;
    expect(failed).toBeGreaterThan(5);
    expect(failed).toBeLessThan(100);
  });

  it('retries the card processor, and marks the attempts', () => {
    const retries = stories.flatMap(all).filter((step) => step.attributes['http.request.resend_count']);
    expect(retries.length).toBeGreaterThan(3);
  });

  it('lists orders with one query for each order after the first', () => {
    const list = stories.flatMap(all).find((step) => step.name === 'GET /orders' && step.service === 'order-service')!;
    const items = list.children.filter((step) => step.name === 'SELECT order_items');
    expect(items).toHaveLength(list.attributes['order.count'] as number);
  });

  it('tells of a failure only after what caused it has ended', () => {
    const failing = stories.flatMap(all).filter((step) => step.children.some((child) => child.error));
    expect(failing.length).toBeGreaterThan(20);
    for (const step of failing) {
      const causes = step.children.filter((child) => child.error).map((child) => child.start + child.duration);
      for (const line of step.logs.filter(({ level }) => level === 'error')) {
        expect(line.at, line.body).toBeGreaterThanOrEqual(Math.max(...causes));
      }
    }
  });

  it('correlates an error log with every failed server span', () => {
    for (const step of stories.flatMap(all).filter((candidate) => candidate.error && candidate.kind === 'server')) {
      expect(step.logs.some((line) => line.level === 'error')).toBe(true);
    }
  });
});
