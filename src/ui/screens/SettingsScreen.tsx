import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import { CopyDiagnostics } from '../components/CopyDiagnostics.tsx';
import { DoorShell } from '../components/PatientShell.tsx';
import { LANGUAGE_NAMES } from '../components/LanguageChoice.tsx';
import { Segmented } from '../components/Segmented.tsx';
import { useRoom } from '../services-context.ts';
import { LOCALES, usePreferences } from '../stores/preferences-store.ts';

export function SettingsScreen() {
  const { t } = useLingui();
  const { speaker } = useRoom();
  const { door, theme, sound, vibration, locale, change } = usePreferences();
  return (
    <DoorShell>
      <main className="page" id="main">
        <h1>
          <Trans>Me</Trans>
        </h1>
        {door === 'exercise' && (
          <section className="card stack">
            <h2>
              <Trans>Your programme</Trans>
            </h2>
            <Link href="/plan" className="button button-second button-small">
              <Trans>Your plan, and why</Trans>
            </Link>
            <Link href="/settings/clinic" className="button button-second button-small">
              <Trans>From your clinic</Trans>
            </Link>
            <Link href="/sessions" className="button button-second button-small">
              <Trans>Your sessions</Trans>
            </Link>
          </section>
        )}
        <section className="card stack">
          <h2>
            <Trans>Language</Trans>
          </h2>
          <Segmented
            label={t`Language`}
            value={locale}
            onChange={(chosen) => change({ locale: chosen })}
            choices={LOCALES.map((one) => ({
              value: one,
              label: <span lang={one}>{LANGUAGE_NAMES[one]}</span>,
            }))}
          />
        </section>
        <section className="card stack">
          <h2>
            <Trans>Sound in a session</Trans>
          </h2>
          <Segmented
            label={t`Sound in a session`}
            value={sound}
            onChange={(chosen) => {
              change({ sound: chosen });
              speaker.hush();
              speaker.say({ what: 'checkDone' }, () => undefined);
            }}
            choices={[
              { value: 'voice', label: t`Voice` },
              { value: 'tones', label: t`Tones` },
              { value: 'silent', label: t`Silent` },
            ]}
          />
          <p className="small">
            <Trans>
              The voice is the one built into this device. Where it has none for your language, tones are
              played. All that is said is shown as well.
            </Trans>
          </p>
          <p className="small">
            <Trans>
              Bluetooth earphones share the radio with the sensors. If the signal drops, use the speaker or
              earphones with a cable.
            </Trans>
          </p>
          {'vibrate' in navigator && (
            <label className="tick">
              <input
                type="checkbox"
                checked={vibration}
                onChange={(event) => change({ vibration: event.target.checked })}
              />
              <span>
                <Trans>Vibrate as well</Trans>
              </span>
            </label>
          )}
        </section>
        <section className="card stack">
          <h2>
            <Trans>Light and dark</Trans>
          </h2>
          <Segmented
            label={t`Light and dark`}
            value={theme}
            onChange={(chosen) => change({ theme: chosen })}
            choices={[
              { value: 'system', label: t`As the device` },
              { value: 'light', label: t`Light` },
              { value: 'dark', label: t`Dark` },
            ]}
          />
        </section>
        <section className="card stack">
          <h2>
            <Trans>Your data</Trans>
          </h2>
          <p>
            <Trans>Everything stays on this device. Nothing is sent anywhere.</Trans>
          </p>
          <p className="small">
            <Trans>Export a session to keep a copy elsewhere or to show it to someone you choose.</Trans>
          </p>
          <Link href="/settings/data" className="button button-second button-small">
            <Trans>People and data on this device</Trans>
          </Link>
        </section>
        <Link href="/reminders" className="button button-second">
          <Trans>Reminders</Trans>
        </Link>
        <section className="card stack">
          <h2>
            <Trans>Help</Trans>
          </h2>
          <Link href="/browser" className="button button-second button-small">
            <Trans>Sensors and browsers</Trans>
          </Link>
          <Link href="/settings/kit" className="button button-second button-small">
            <Trans>Your sensors, checked by your clinic</Trans>
          </Link>
          <CopyDiagnostics />
        </section>
        <Link href="/welcome" className="button button-quiet">
          <Trans>Choose another way into Thora</Trans>
        </Link>
      </main>
    </DoorShell>
  );
}
