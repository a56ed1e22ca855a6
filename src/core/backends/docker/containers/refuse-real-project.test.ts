import { describe, expect, it } from 'vitest';
import { refuseRealLabel, refuseRealProject } from './refuse-real-project';

describe('refuseRealProject', () => {
  it('touches no container of a real user in a test run', () => {
    const labels = { 'com.docker.compose.project': 'watchtower' };
    expect(() => refuseRealProject(labels)).toThrow('real project');
    expect(() => refuseRealLabel('com.docker.compose.project=watchtower')).toThrow('real project');
    expect(() => refuseRealProject(labels, {})).not.toThrow();
    expect(() => refuseRealLabel('com.docker.compose.project=wt-test-1')).not.toThrow();
  });
});
