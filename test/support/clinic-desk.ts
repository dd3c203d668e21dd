import type { DeskPorts } from '../../src/app/clinic-desk.ts';

const none = () => Promise.reject(new Error('There are no recordings here.'));

/** For a desk that opens no recording. */
export const NO_RECORDINGS: DeskPorts = {
  recordingId: none,
  importRecording: none,
  orientations: none,
  appVersion: '0.0.0',
};
