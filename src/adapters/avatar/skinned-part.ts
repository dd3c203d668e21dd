/** Skinned meshes of one figure: they share its skeleton and are always drawn, since their bounds move with the bones. */
import { Bone, BufferAttribute, BufferGeometry, Matrix4, Skeleton, SkinnedMesh, type Material } from 'three';
import { bodyMesh } from './body-mesh.ts';
import { createRig, type Rig } from './rig.ts';

/** Bones in the bind pose, bound once. */
export function createSkeleton(): Skeleton {
  const bones = createRig().all.map(({ position, turn }) => {
    const bone = new Bone();
    bone.position.copy(position);
    bone.quaternion.copy(turn);
    bone.updateMatrixWorld();
    return bone;
  });
  return new Skeleton(
    bones,
    bones.map((bone) => bone.matrixWorld.clone().invert()),
  );
}

/** Copies a solved rig to the skeleton. */
export function poseSkeleton(skeleton: Skeleton, rig: Rig): void {
  for (let i = 0; i < rig.all.length; i++) {
    const bone = skeleton.bones[i]!;
    const { position, turn } = rig.all[i]!;
    bone.position.copy(position);
    bone.quaternion.copy(turn);
  }
}

export function createSkinnedPart(
  geometry: BufferGeometry,
  material: Material,
  skeleton: Skeleton,
  renderOrder: number,
): SkinnedMesh {
  const mesh = new SkinnedMesh(geometry, material);
  mesh.bind(skeleton, new Matrix4());
  mesh.frustumCulled = false;
  mesh.renderOrder = renderOrder;
  return mesh;
}

/** Geometry round the shared arrays of the body; `shadeAndMeasured` is its own: openness and 0 to 1 for measured. */
export function createBodyGeometry(): BufferGeometry {
  const mesh = bodyMesh();
  const own = new Float32Array(mesh.shade.length * 2).fill(1);
  for (let v = 0; v < mesh.shade.length; v++) own[2 * v] = mesh.shade[v]!;
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(mesh.positions, 3));
  geometry.setAttribute('normal', new BufferAttribute(mesh.normals, 3));
  geometry.setAttribute('shadeAndMeasured', new BufferAttribute(own, 2));
  geometry.setAttribute('skinIndex', new BufferAttribute(mesh.bones, 4));
  geometry.setAttribute('skinWeight', new BufferAttribute(mesh.weights, 4));
  geometry.setIndex(new BufferAttribute(mesh.indices, 1));
  return geometry;
}
