// @vitest-environment happy-dom
import { cleanup, render, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { giveCanvas } from '../../test-host/give-canvas';
import { giveLayout } from '../../test-host/give-layout';
import { followServiceRegistry, serviceColour } from '../marks/service-colour';
import { TimeChart } from './time-chart';

beforeEach(() => {
  giveLayout();
  giveCanvas();
});
afterEach(() => {
  followServiceRegistry(null);
  cleanup();
});

it('is drawn anew when the colours of its services are told: a canvas does not turn by itself', async () => {
  const { container } = render(
    <TimeChart
      window={{ from: 0, to: 60_000 }}
      times={[0, 30, 60]}
      columns={[[1, 2, 3]]}
      colours={[serviceColour('seen for the first time')]}
      hidden={new Set()}
      unit=""
      points={[]}
      onPoint={() => {}}
      onPointed={() => {}}
      onCursor={() => {}}
      onBrush={() => {}}
    />,
  );
  const first = container.querySelector('.uplot');
  expect(first).not.toBeNull();
  followServiceRegistry(async (names) => names.map(() => 3));
  await waitFor(() => expect(container.querySelector('.uplot')).not.toBe(first));
});
