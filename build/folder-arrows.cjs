// Folders of a room import downward only: what two folders need of each other goes into one below both. `npm run layers`.
const { options } = require('../.dependency-cruiser.cjs');

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'folders-one-way',
      severity: 'error',
      scope: 'folder',
      comment: 'These folders import each other: move what both need to a folder below them.',
      from: {},
      to: { circular: true },
    },
  ],
  // Tests drive what they test from above, and may.
  options: { ...options, exclude: { path: '\\.test\\.tsx?$|/test-[^/]+(/|$)' } },
};
