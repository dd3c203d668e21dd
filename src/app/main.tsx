import { mountApp } from '../ui/mount-app.tsx';
import { createServices } from './services.ts';
import { takeArrival } from './server/take-arrival.ts';

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no place for the app.');
await mountApp(place, createServices(takeArrival()));

if (import.meta.env.PROD && 'serviceWorker' in navigator)
  navigator.serviceWorker.register('./service-worker.js', { scope: './' }).catch(() => undefined);
