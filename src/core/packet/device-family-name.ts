/** Sensor families by the names that the command line and recordings use. */
export const DEVICE_FAMILY_NAMES = ['thora-nano33'] as const;
export type DeviceFamilyName = (typeof DEVICE_FAMILY_NAMES)[number];
