import { Trans, useLingui } from '@lingui/react/macro';
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import Phone from 'lucide-react/icons/phone';
import {
  EMERGENCY_NUMBERS,
  emergencyArea,
  WIDEST_AREAS,
  type EmergencyArea,
} from '../../core/care/safety/help-numbers.ts';
import '../styles/safety.css';

const AREAS: Readonly<Record<EmergencyArea, MessageDescriptor>> = {
  europe: msg`Europe`,
  unitedKingdom: msg`the United Kingdom`,
  northAmerica: msg`the United States and Canada`,
  brazil: msg`Brazil`,
  australia: msg`Australia`,
  newZealand: msg`New Zealand`,
  india: msg`India`,
};

/** The number of where this device stands in one tap, and those of elsewhere for whoever travels. */
export function EmergencyCall() {
  const { t } = useLingui();
  const here = emergencyArea(new Intl.DateTimeFormat().resolvedOptions().timeZone);
  const others = WIDEST_AREAS.filter((area) => area !== here);
  return (
    <div className="emergency-call">
      {here !== null && (
        <a className="button button-call button-wide" href={`tel:${EMERGENCY_NUMBERS[here]}`}>
          <Phone size={22} strokeWidth={1.75} aria-hidden="true" />
          <Trans>Call {EMERGENCY_NUMBERS[here]}</Trans>
        </a>
      )}
      <p className="small">
        {here === null ? (
          <Trans>The number depends on where you are:</Trans>
        ) : (
          <Trans>That is the number in {t(AREAS[here])}. If you are elsewhere:</Trans>
        )}
      </p>
      <ul className="emergency-numbers">
        {others.map((area) => (
          <li key={area}>
            <a className="button button-second button-small" href={`tel:${EMERGENCY_NUMBERS[area]}`}>
              <b>{EMERGENCY_NUMBERS[area]}</b> {t(AREAS[area])}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
