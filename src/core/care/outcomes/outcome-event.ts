/** A question of the person's own measures (clinical page, section 3). */
export type MeasureId =
  | 'pain.now'
  | 'pain.avg24'
  | 'pain.worst24'
  | 'pain.avg7'
  | 'stiff'
  | 'stiff.minutes'
  | 'pain.nextday'
  | 'func1'
  | 'func2'
  | 'func3'
  | 'int.enjoy'
  | 'int.activity'
  | 'int.work'
  | 'int.sleep'
  | 'conf'
  | 'worry'
  | 'energy'
  | 'breathease'
  | 'pgic'
  | 'ease'
  | 'sat'
  | 'recommend'
  | 'workdays'
  | 'medchange'
  | 'adverse'
  | 'return';

export type OutcomeEvent =
  /** One answer; null: skipped. Answers in words are kept as their place in the list, from 0. */
  | {
      readonly kind: 'measureAnswered';
      readonly measureId: MeasureId;
      readonly value: number | null;
      readonly language: string;
      /** Of the question's words. */
      readonly wordsVersion: string;
    }
  /** Reminders are off unless the person sets them. */
  | {
      readonly kind: 'reminderSet';
      readonly isOn: boolean;
      /** Minutes after midnight. */
      readonly atMinute: number;
      /** 0 Sunday to 6 Saturday. */
      readonly weekdays: readonly number[];
    };
