import { Trans } from '@lingui/react/macro';
import { Component, type ReactNode } from 'react';
import { logProblem } from '../stores/problem-log.ts';
import { brokenPageWords } from '../text/problem-text.ts';
import { ProblemNotice } from './Notice.tsx';

interface GuardProps {
  readonly address: string;
  readonly children: ReactNode;
}

interface GuardState {
  readonly address: string;
  readonly error: unknown;
  readonly isBroken: boolean;
}

/**
 * A page that cannot be drawn says so, in place of a blank one: something on it failed, or a part of it could not be fetched. A
 * session that is running goes on behind it.
 */
export class PageGuard extends Component<GuardProps, GuardState> {
  override state: GuardState = { address: this.props.address, error: null, isBroken: false };

  /** Another page is another try. */
  static getDerivedStateFromProps({ address }: GuardProps, state: GuardState): GuardState | null {
    return address === state.address ? null : { address, error: null, isBroken: false };
  }

  static getDerivedStateFromError(error: unknown): Partial<GuardState> {
    return { error, isBroken: true };
  }

  override componentDidCatch(): void {
    logProblem('page/broken');
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    return (
      <main className="page" id="main">
        <ProblemNotice words={brokenPageWords()} detail={String(this.state.error)}>
          <button
            type="button"
            className="button button-primary button-small"
            onClick={() => location.reload()}
          >
            <Trans>Load the page again</Trans>
          </button>
          <a className="button button-quiet button-small" href="#/">
            <Trans>To the first page</Trans>
          </a>
        </ProblemNotice>
      </main>
    );
  }
}
