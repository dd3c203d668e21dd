/** What an engineer reads about a sensor family: how its numbers were checked, and what is not known of them. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { FamilyCaution, FamilyEvidence } from '../../core/device/device-family.ts';

export function evidenceWords(evidence: FamilyEvidence | 'simulated'): MessageDescriptor {
  switch (evidence) {
    case 'ownSpecification':
      return msg`Our own specification, tried on an emulated board. Not tried on hardware.`;
    case 'realPackets':
      return msg`Published packets of real units. Not tried on hardware by us.`;
    case 'vendorTests':
      return msg`Frames of the maker's own tests. Not tried on hardware by us.`;
    case 'publishedLayout':
      return msg`The published layout only. Not tried on hardware by us.`;
    case 'simulated':
      return msg`Simulated`;
  }
}

export function cautionWords(caution: FamilyCaution): MessageDescriptor {
  switch (caution) {
    case 'tiltOnly':
      return msg`Tilt only: it has no gyroscope.`;
    case 'axesUnpublished':
      return msg`The directions of its axes are not published.`;
    case 'noTime':
      return msg`It sends no time: losses cannot be seen, and times are rough.`;
    case 'scaleUnconfirmed':
      return msg`The scale of its values is not confirmed.`;
  }
}
