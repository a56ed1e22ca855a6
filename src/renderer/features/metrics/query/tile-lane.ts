import { RequestLane } from './request-lane';

/** What small charts ask: a few at a time, so that the page's other requests find the backend free. */
export const tileLane = new RequestLane(4);
