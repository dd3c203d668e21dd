import { useLocation } from 'wouter';
import { SafetyQuestions } from './SafetyQuestions.tsx';

/** All questions when they are due again, or the lock that stands. */
export function SafetyScreen() {
  const [, navigate] = useLocation();
  const toToday = () => navigate('/today');
  return <SafetyQuestions onDone={toToday} onBack={toToday} />;
}
