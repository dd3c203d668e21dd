import { describe, expect, it } from 'vitest';
import { bodyMesh } from '../../../src/adapters/avatar/body-mesh.ts';
import { BONE_COUNT } from '../../../src/adapters/avatar/rig.ts';

describe('the body mesh', () => {
  const mesh = bodyMesh();
  const count = mesh.positions.length / 3;

  it('has no holes: every edge has a neighbour that runs the other way', () => {
    const edges = new Map<number, number>();
    for (let i = 0; i < mesh.indices.length; i += 3)
      for (let k = 0; k < 3; k++) {
        const a = mesh.indices[i + k];
        const b = mesh.indices[i + ((k + 1) % 3)];
        const key = Math.min(a, b) * count + Math.max(a, b);
        edges.set(key, (edges.get(key) ?? 0) + (a < b ? 1 : -1));
      }
    expect([...edges.values()].filter((balance) => balance !== 0)).toHaveLength(0);
  });

  it('ties every vertex to real bones with weights that add up to one', () => {
    for (let v = 0; v < count; v++) {
      let sum = 0;
      for (let k = 4 * v; k < 4 * v + 4; k++) {
        if (mesh.bones[k] >= BONE_COUNT) throw new Error(`vertex ${v} names bone ${mesh.bones[k]}`);
        sum += mesh.weights[k];
      }
      if (Math.abs(sum - 1) > 1e-5) throw new Error(`weights of vertex ${v} add up to ${sum}`);
    }
    expect(count).toBeGreaterThan(3000);
    expect(count).toBeLessThan(12000);
  });

  it('is built once', () => {
    expect(bodyMesh()).toBe(mesh);
  });
});
