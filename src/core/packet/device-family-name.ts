/** Sensor families that the app can connect, by the names that recordings use; in the order in which they are sought. */
export const DEVICE_FAMILY_NAMES = [
  'movesense',
  'thora-nano33',
  'arduino-ai',
  'nicla',
  'tiny-motion-trainer',
  'movella-dot',
  'metamotion',
  'witmotion',
  'thingy52',
  'polar-verity',
  'microbit',
] as const;
export type DeviceFamilyName = (typeof DEVICE_FAMILY_NAMES)[number];
