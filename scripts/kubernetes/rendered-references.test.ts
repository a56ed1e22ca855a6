import { describe, expect, it } from 'vitest';
import { stackFolder } from '../../src/core/backends/kubernetes/cluster/test-paths';
import { alloyConfigMap } from '../../src/core/backends/kubernetes/objects/own-objects';
import { findDanglingReferences } from './rendered-references';

const deployment = {
  kind: 'Deployment',
  metadata: { name: 'alloy' },
  spec: {
    serviceAccountName: 'alloy',
    containers: [
      { env: [{ valueFrom: { secretKeyRef: { name: 'sumo-credentials', key: 'endpoint', optional: true } } }] },
    ],
    volumes: [{ configMap: { name: 'alloy-config' } }, { persistentVolumeClaim: { claimName: 'data' } }],
  },
};

describe('findDanglingReferences', () => {
  it('names what is missing, and nothing that is there or optional', () => {
    const account = { kind: 'ServiceAccount', metadata: { name: 'alloy' } };
    expect(findDanglingReferences([deployment, account, alloyConfigMap({ stackFolder }, 'local-only', false)])).toEqual(
      ['Deployment alloy: PersistentVolumeClaim data'],
    );
    expect(findDanglingReferences([deployment])).toContain('Deployment alloy: ConfigMap alloy-config');
  });
});
