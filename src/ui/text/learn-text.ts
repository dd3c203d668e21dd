/** Words around what there is to learn: titles, why now, and where it comes from. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { KnownModuleId, UnlockReason } from '../../core/care/learning/unlock.ts';

export function moduleTitle(id: KnownModuleId): MessageDescriptor {
  switch (id) {
    case 'M01':
      return msg`What upper-back pain usually is`;
    case 'M02':
      return msg`When to get help`;
    case 'M03':
      return msg`Why movement helps`;
    case 'M04':
      return msg`Pain during exercise: the traffic light`;
    case 'M05':
      return msg`Hurt is not harm`;
    case 'M06':
      return msg`Flare-ups: a plan, not panic`;
    case 'M07':
      return msg`Posture without fear`;
    case 'M08':
      return msg`Sitting, screens and driving`;
    case 'M09':
      return msg`Sleep and pain`;
    case 'M10':
      return msg`Breathing and the ribs`;
    case 'M11':
      return msg`Strength for the shoulder blades`;
    case 'M12':
      return msg`Lifting and carrying`;
    case 'M13':
      return msg`Stress, mood and pain`;
    case 'M14':
      return msg`Back to work and sport`;
    case 'M15':
      return msg`Pacing and habits`;
    case 'M16':
      return msg`Your sensor numbers`;
  }
}

/** Why it is offered now. */
export function unlockWords(reason: UnlockReason): MessageDescriptor {
  switch (reason) {
    case 'fromTheStart':
      return msg`Good to know before you begin`;
    case 'secondDay':
      return msg`Now that you have begun`;
    case 'strengthPlanned':
      return msg`Your plan has strength exercises`;
    case 'worry':
      return msg`You said that moves worry you`;
    case 'secondWeek':
      return msg`Good to have ready`;
    case 'flare':
      return msg`You said that today is a hard day`;
    case 'sitting':
      return msg`For people who sit a lot`;
    case 'sleep':
      return msg`You said that sleep is hard`;
    case 'breathing':
      return msg`Your plan has breathing exercises`;
    case 'lifting':
      return msg`You lift and carry`;
    case 'mood':
      return msg`You said that you have little energy or joy`;
    case 'returning':
      return msg`For the way back to your tasks`;
    case 'habit':
      return msg`To make it a habit`;
    case 'tested':
      return msg`You have done a movement test`;
  }
}

/** How far a source speaks of this pain. */
export type SourceGrade =
  /** Studies of the upper back. */
  | 'direct'
  /** Studies of other places or pains, carried over. */
  | 'carried'
  /** Professional agreement, hardly a trial. */
  | 'agreed';

export function gradeWords(grade: SourceGrade): MessageDescriptor {
  switch (grade) {
    case 'direct':
      return msg`Studied in the upper back`;
    case 'carried':
      return msg`Studied elsewhere, carried over with care`;
    case 'agreed':
      return msg`What professionals agree on; hardly any trials`;
  }
}

export interface ModuleSource {
  /** As printed; null where no single paper stands for it. */
  readonly citation: string | null;
  readonly grade: SourceGrade;
}

const AGREED: ModuleSource = { citation: null, grade: 'agreed' };

export const MODULE_SOURCES: Readonly<Record<KnownModuleId, readonly ModuleSource[]>> = {
  M01: [
    { citation: 'Briggs 2009, BMC Musculoskeletal Disorders 10:77', grade: 'direct' },
    { citation: 'Shah 2024 (ACR), JACR 21(11S):S504–S517', grade: 'direct' },
  ],
  M02: [{ citation: 'Finucane 2020, JOSPT 50(7):350–372', grade: 'agreed' }],
  M03: [
    { citation: 'Waqas 2023, BioMed Research International, 7537335', grade: 'direct' },
    { citation: 'WHO 2023, ISBN 978-92-4-008178-9', grade: 'carried' },
    { citation: 'Qaseem 2017, Annals of Internal Medicine 166:514', grade: 'carried' },
    { citation: 'Geneen 2017, Cochrane CD011279', grade: 'carried' },
    { citation: 'Andersen 2011, Pain 152:440–446', grade: 'carried' },
  ],
  M04: [
    { citation: 'Silbernagel 2007, AJSM 35:897–906', grade: 'carried' },
    { citation: 'Thomeé 1997, Physical Therapy 77:1690', grade: 'carried' },
    { citation: 'Smith 2017, BJSM 51:1679–1687', grade: 'carried' },
  ],
  M05: [AGREED],
  M06: [AGREED],
  M07: [{ citation: 'Slater 2019, JOSPT 49(8):562–564', grade: 'agreed' }],
  M08: [AGREED],
  M09: [AGREED],
  M10: [AGREED],
  M11: [
    { citation: 'Andersen 2011, Pain 152:440–446', grade: 'carried' },
    { citation: 'Ludewig 2004, AJSM 32(2):484–493', grade: 'carried' },
  ],
  M12: [AGREED],
  M13: [{ citation: 'WHO 2023, ISBN 978-92-4-008178-9', grade: 'carried' }],
  M14: [AGREED],
  M15: [AGREED],
  M16: [
    { citation: 'Johnson 2012, Journal of Athletic Training 47(1):52–60', grade: 'direct' },
    { citation: 'Bailes 2024, Sensors 24(20):6580', grade: 'direct' },
  ],
};
