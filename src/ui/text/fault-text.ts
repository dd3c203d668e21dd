/** The faults of the virtual kit, and where Thora tells of each. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { FaultName } from '../../core/simulation/faults.ts';

export interface FaultWords {
  readonly what: MessageDescriptor;
  /** What is then seen, and where. */
  readonly told: MessageDescriptor;
}

export function faultWords(name: FaultName): FaultWords {
  switch (name) {
    case 'drift':
      return {
        what: msg`Drift`,
        told: msg`The zero wanders while worn. Moves are marked as corrected, or the session as drifting.`,
      };
    case 'dropout':
      return {
        what: msg`Dropout`,
        told: msg`One sensor is silent for 4 s in the set: "Signal lost", then a gap.`,
      };
    case 'halfRate':
      return {
        what: msg`Half rate`,
        told: msg`The radio serves one sensor half: an alarm names it before the exercise.`,
      };
    case 'swap':
      return {
        what: msg`Swapped`,
        told: msg`The first two are worn in each other's place: the session says that they may be swapped.`,
      };
    case 'upsideDown':
      return {
        what: msg`Upside down`,
        told: msg`One is worn upside down: "What we found" says so and corrects it.`,
      };
    case 'magnet':
      return {
        what: msg`Magnet`,
        told: msg`A magnet comes near in the set: the session says that the magnetic field was disturbed.`,
      };
    case 'deadBattery':
      return {
        what: msg`Dead battery`,
        told: msg`The sensor panel warns before you start. In the set the sensor falls silent for good.`,
      };
    case 'restart':
      return { what: msg`Restart`, told: msg`One sensor starts anew in the set: the sensor panel names it.` };
    case 'skew':
      return {
        what: msg`Clock skew`,
        told: msg`Clocks run up to 3 % fast or slow: the sensor panel names them.`,
      };
    case 'leftHandedAxes':
      return {
        what: msg`Left-handed axes`,
        told: msg`One sensor's axes are mirrored: the sensor panel names it once you have moved.`,
      };
    case 'lowGyro':
      return {
        what: msg`Weak gyroscope`,
        told: msg`One sensor says that it turns 13 % less than it does: the sensor panel names it once it is worn.`,
      };
  }
}
