import { expect, it } from 'vitest';
import type { JournalEntry } from '../../../../src/core/care/care-journal.ts';
import { recordingOwner } from '../../../../src/core/care/clinic/recording-owner.ts';

const done = (sessionId: string | null): JournalEntry => ({
  order: 0,
  atUtcMs: 0,
  day: 0,
  event: {
    kind: 'sessionDone',
    sessionId,
    session: 'plan',
    painBefore: null,
    painAfter: null,
    ease: null,
    exercises: [],
    ranges: [],
    durationS: 600,
    donningS: null,
  },
});

it('tells whose a recording is by the sessions that journals name, and says where none does', () => {
  const patients = [
    { patientId: 'a', journal: [done('s-1'), done(null), done('s-3')] },
    { patientId: 'b', journal: [done('s-2'), done('s-3')] },
  ];
  expect(recordingOwner('s-1', 'a', patients)).toBe('theirs');
  expect(recordingOwner('s-2', 'a', patients)).toBe('somebodyElses');
  expect(recordingOwner('s-1', 'b', patients)).toBe('somebodyElses');
  // Who shares a device with another may have the same journal: the one that is asked for counts.
  expect(recordingOwner('s-3', 'b', patients)).toBe('theirs');
  expect(recordingOwner('s-4', 'a', patients)).toBe('unknown');
});
