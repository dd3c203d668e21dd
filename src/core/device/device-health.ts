/** What a device says of troubles of its own that its samples do not show. Counts stop at their largest value. */
export interface DeviceHealth {
  /** The motion chip gives nothing now. */
  readonly isChipSilent: boolean;
  /** Its stored calibration: in use, found and refused, or none. */
  readonly calibration: 'used' | 'refused' | 'none';
  /** It last began because its program had hung. */
  readonly wasHung: boolean;
  /** How often the motion chip had to be set up again since it was switched on. */
  readonly chipRestarts: number;
  /** Samples since the stream began that found no room while the radio was busy, and that the chip did not take. */
  readonly bufferLost: number;
  readonly chipLost: number;
  /** How often the radio did not take a packet at once since then; it is offered again. */
  readonly radioRefusals: number;
}
