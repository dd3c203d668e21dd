import { Trans, useLingui } from '@lingui/react/macro';
import QrCode from 'lucide-react/icons/qr-code';
import { useState } from 'react';
import { encode } from 'uqr';
import { linkFragment, LONGEST_LINK_CHARS } from '../../core/recording/link-file.ts';
import { CopyButton } from './CopyButton.tsx';
import { HandOverProblem } from './HandOverProblem.tsx';
import { Sheet } from './Sheet.tsx';
import '../styles/clinic.css';

/** A small file as a code to be scanned, and as the link that the code carries. */
export function QrLink({
  what,
  read,
}: {
  /** What the file is, for the head of the sheet. */
  readonly what: string;
  readonly read: () => Promise<Uint8Array>;
}) {
  const { t } = useLingui();
  const [link, setLink] = useState<string | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const show = (): void => {
    setProblem(null);
    read().then(
      (bytes) => setLink(`${location.origin}${location.pathname}#${linkFragment(bytes)}`),
      setProblem,
    );
  };
  return (
    <>
      <button type="button" className="button button-quiet button-small" onClick={show}>
        <QrCode size={20} strokeWidth={1.75} aria-hidden="true" />
        <Trans>Show it as a code</Trans>
      </button>
      {problem !== null && <HandOverProblem error={problem} />}
      {link !== null && (
        <Sheet title={what} onClose={() => setLink(null)}>
          {link.length > LONGEST_LINK_CHARS ? (
            <p role="status">
              <Trans>
                Too long for a code: {link.length} characters, and {LONGEST_LINK_CHARS} fit. Save the file
                instead.
              </Trans>
            </p>
          ) : (
            <div className="stack">
              <QrPicture link={link} label={t`Code with a link`} />
              <p className="small">
                <Trans>
                  Scan it with the camera of the other device. The file is within the link itself: no server
                  gets it. The code that you both compare still decides.
                </Trans>
              </p>
              <p className="qr-link">
                <a href={link}>
                  <Trans>The same as a link</Trans>
                </a>
              </p>
              <CopyButton className="button button-second button-small" text={() => Promise.resolve(link)}>
                <Trans>Copy the link</Trans>
              </CopyButton>
            </div>
          )}
        </Sheet>
      )}
    </>
  );
}

/** Four modules of white around it, as ISO/IEC 18004 asks; black on white in every theme. */
const QUIET_MODULES = 4;

function QrPicture({ link, label }: { readonly link: string; readonly label: string }) {
  const { data, size } = encode(link, { ecc: 'L', border: QUIET_MODULES });
  let path = '';
  data.forEach((row, y) => row.forEach((isDark, x) => (path += isDark ? `M${x} ${y}h1v1h-1z` : '')));
  return (
    <svg className="qr-picture" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
