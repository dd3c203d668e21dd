import { Fragment, lazy, Suspense, type ReactNode } from 'react';
import { usePeople } from '../hooks/use-people.ts';

const WhoScreen = lazy(async () => ({ default: (await import('../screens/WhoScreen.tsx')).WhoScreen }));
const NewerDataScreen = lazy(async () => ({
  default: (await import('../screens/NewerDataScreen.tsx')).NewerDataScreen,
}));

/** Shows the pages once it is known whose they are; somebody else's are drawn anew. */
export function PeopleGate({ children }: { readonly children: ReactNode }) {
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
    case 'ready':
      return <Fragment key={state.person.personId}>{children}</Fragment>;
  }
}
