import { Fragment, lazy, Suspense, type ReactNode } from 'react';
import { AutoLock } from './AutoLock.tsx';
import { usePeople } from '../hooks/use-people.ts';
import { useRoom } from '../services-context.ts';

const WhoScreen = lazy(async () => ({ default: (await import('../screens/WhoScreen.tsx')).WhoScreen }));
const UnlockScreen = lazy(async () => ({
  default: (await import('../screens/UnlockScreen.tsx')).UnlockScreen,
}));
const NewerDataScreen = lazy(async () => ({
  default: (await import('../screens/NewerDataScreen.tsx')).NewerDataScreen,
}));

/** Shows the pages once it is known whose they are; somebody else's are drawn anew. */
export function PeopleGate({ children }: { readonly children: ReactNode }) {
  const { people } = useRoom().services;
  const state = usePeople();
  switch (state.kind) {
    case 'opening':
      return null;
    case 'newerData':
      return (
        <Suspense fallback={null}>
          <NewerDataScreen />
        </Suspense>
      );
    case 'choosing':
      return (
        <Suspense fallback={null}>
          <WhoScreen people={state.people} />
        </Suspense>
      );
    case 'locked':
      return (
        <Suspense fallback={null}>
          <UnlockScreen state={state} />
        </Suspense>
      );
    case 'ready':
      return (
        <Fragment key={state.person.personId}>
          {state.person.hasPassphrase && <AutoLock of={people} />}
          {children}
        </Fragment>
      );
  }
}
