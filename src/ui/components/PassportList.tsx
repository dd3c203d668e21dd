import { Trans, useLingui } from '@lingui/react/macro';
import Upload from 'lucide-react/icons/upload';
import { useCallback, useEffect, useState } from 'react';
import { Link } from 'wouter';
import type { KitPassport } from '../../core/recording/kit-passport.ts';
import { PassportError } from '../../core/recording/passport-error.ts';
import { usePassports } from '../hooks/use-passports.ts';
import { useRoom } from '../services-context.ts';
import { takeLinkedFile } from '../linked-file.ts';
import { passportErrorWords } from '../text/passport-text.ts';
import { unknownProblemWords } from '../text/problem-text.ts';
import { ProblemNotice } from './Notice.tsx';
import { VirtualMark } from './VirtualMark.tsx';
import { FailedToRead } from './Waiting.tsx';

/** The kits that were checked, and the way to take in a passport file. @param base address under which one opens */
export function PassportList({ base }: { readonly base: string }) {
  const { t, i18n } = useLingui();
  const { state, reload } = usePassports();
  const day = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'medium' });
  return (
    <>
      {state.kind === 'failed' && <FailedToRead error={state.error} onRetry={reload} />}
      {state.kind === 'ready' && state.passports.length === 0 && (
        <p className="muted">
          <Trans>No kit has a passport on this device yet.</Trans>
        </p>
      )}
      {state.kind === 'ready' && state.passports.length > 0 && (
        <ul className="card card-list" aria-label={t`Kit passports`}>
          {state.passports.map((passport) => (
            <li key={passport.passportId}>
              <Link href={`${base}/${encodeURIComponent(passport.passportId)}`} className="line-item">
                <span className="grow">
                  <b>{passport.kitName}</b>
                  <span className="small choice-detail">
                    <Trans>Checked on {day.format(new Date(passport.madeAtUtc))}</Trans>
                  </span>
                </span>
                {passport.simulated && <VirtualMark />}
                <PassportChip passport={passport} nowUtc={state.nowUtc} />
              </Link>
            </li>
          ))}
        </ul>
      )}
      <ImportPassport onTaken={reload} />
    </>
  );
}

/** Verdict and expiry in a word. */
export function PassportChip({
  passport,
  nowUtc,
}: {
  readonly passport: KitPassport;
  readonly nowUtc: string;
}) {
  if (passport.verdict === 'quarantine')
    return (
      <span className="chip chip-warn">
        <Trans>Not to be worn</Trans>
      </span>
    );
  return nowUtc >= passport.expiresAtUtc ? (
    <span className="chip chip-warn">
      <Trans>Check is old</Trans>
    </span>
  ) : (
    <span className="chip chip-good">
      <Trans>Fit for use</Trans>
    </span>
  );
}

function ImportPassport({ onTaken }: { readonly onTaken: () => void }) {
  const { t } = useLingui();
  const { services } = useRoom();
  const [refused, setRefused] = useState<unknown>(null);
  const take = useCallback(
    async (file: File) => {
      setRefused(null);
      try {
        const kits = await services.loadPassports();
        await kits.importFile(file);
        onTaken();
      } catch (error) {
        setRefused(error);
      }
    },
    [services, onTaken],
  );
  useEffect(() => {
    const file = takeLinkedFile('passport');
    if (file !== null) void take(file);
  }, [take]);
  return (
    <div className="stack">
      <div className="file-drop">
        <input
          type="file"
          aria-label={t`Open a passport file`}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file !== undefined) void take(file);
          }}
        />
        <span className="button button-second button-small" aria-hidden="true">
          <Upload size={20} strokeWidth={1.75} />
          <Trans>Open a passport file</Trans>
        </span>
      </div>
      {refused !== null && (
        <ProblemNotice
          words={refused instanceof PassportError ? passportErrorWords(refused.code) : unknownProblemWords()}
          subject={refused instanceof PassportError ? refused.field || refused.file : ''}
          detail={refused instanceof Error ? refused.message : String(refused)}
        />
      )}
    </div>
  );
}
