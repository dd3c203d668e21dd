import { Trans } from '@lingui/react/macro';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { FigurePace } from '../figure-pace.ts';
import type { Avatar } from '../services.ts';
import { useRoom } from '../services-context.ts';
import { useReducedMotion, useTheme } from '../theme.ts';

const SETTLE_MS = 1500;

interface FigureProps {
  /** Says what the picture shows; the picture itself is hidden from screen readers' exploration. */
  readonly label: string;
  readonly className?: string;
  /** Once, after mounting. */
  readonly onMount: (avatar: Avatar) => void;
  /** Before each drawn frame. */
  readonly onFrame?: (avatar: Avatar, nowMs: number) => void;
  readonly children?: ReactNode;
}

/** The body in three dimensions, through its port. Loaded when first shown; draws only while it can be seen. */
export function Figure({ label, className, onMount, onFrame, children }: FigureProps) {
  const { services } = useRoom();
  const theme = useTheme();
  const reducedMotion = useReducedMotion();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const avatar = useRef<Avatar | null>(null);
  const callbacks = useRef({ onMount, onFrame });
  const [state, setState] = useState<'waiting' | 'ready' | 'failed'>('waiting');
  const firstTheme = useRef(theme);
  /** A figure that nobody moves is drawn until it has settled, then rests. */
  const restsFromMs = useRef(0);

  useEffect(() => {
    callbacks.current = { onMount, onFrame };
  }, [onMount, onFrame]);

  useEffect(() => {
    firstTheme.current = theme;
    restsFromMs.current = performance.now() + SETTLE_MS;
    avatar.current?.setTheme(theme);
  }, [theme]);

  useEffect(() => {
    let over = false;
    let handle = 0;
    let visible = true;
    const place = box.current;
    const surface = canvas.current;
    if (place === null || surface === null) return undefined;

    let pace = new FigurePace(false);
    let drawnMs = -Infinity;
    let isSharp = false;
    const fit = (detail: number) => {
      const { width, height } = place.getBoundingClientRect();
      if (width > 0 && height > 0)
        avatar.current?.resize(width, height, detail * Math.min(devicePixelRatio, 2));
    };
    const resize = () => {
      restsFromMs.current = performance.now() + SETTLE_MS;
      isSharp = false;
      fit(pace.detail);
    };
    /** What no longer moves is drawn a last time, with every pixel. */
    const sharpen = () => {
      if (isSharp) return;
      isSharp = true;
      if (pace.detail === 1) return;
      fit(1);
    };
    const draw = (nowMs: number) => {
      const body = avatar.current;
      if (pace.noteFrame(nowMs)) resize();
      const { onFrame: follow } = callbacks.current;
      const rests = follow === undefined && nowMs >= restsFromMs.current;
      if (body !== null && visible && rests) sharpen();
      if (body !== null && visible && !rests && nowMs - drawnMs >= pace.leastGapMs) {
        if (isSharp) resize();
        drawnMs = nowMs;
        follow?.(body, nowMs);
        body.render();
      }
      handle = requestAnimationFrame(draw);
    };
    const sizes = new ResizeObserver(resize);
    const sight = new IntersectionObserver((entries) => {
      visible = entries.some((entry) => entry.isIntersecting);
    });
    sizes.observe(place);
    sight.observe(place);

    services.avatar
      .load()
      .then((factory) => {
        if (over) return;
        pace = new FigurePace(factory.drawsInSoftware());
        avatar.current = factory.mount(surface, { theme: firstTheme.current, reducedMotion });
        resize();
        callbacks.current.onMount(avatar.current);
        handle = requestAnimationFrame(draw);
        setState('ready');
      })
      .catch(() => {
        if (!over) setState('failed');
      });

    return () => {
      over = true;
      cancelAnimationFrame(handle);
      sizes.disconnect();
      sight.disconnect();
      avatar.current?.dispose();
      avatar.current = null;
    };
  }, [services, reducedMotion]);

  return (
    <div
      ref={box}
      className={className === undefined ? 'figure' : `figure ${className}`}
      data-ready={state === 'ready' ? '' : undefined}
      role="img"
      aria-label={label}
    >
      <canvas ref={canvas} aria-hidden="true" />
      {children}
      {state === 'waiting' && <Silhouette />}
      {state === 'failed' && (
        <div className="figure-wait small">
          <span>
            <Trans>The picture cannot be drawn in this browser. Everything else works.</Trans>
          </span>
        </div>
      )}
    </div>
  );
}

/** Stands where the body will be, so that its place is not empty while it loads. */
function Silhouette() {
  return (
    <svg className="figure-silhouette" viewBox="0 0 120 150" aria-hidden="true">
      <path d="M60 14c-9 0-15 7-15 17 0 8 4 14 9 17v8c0 4-2 6-7 8L26 71c-9 3-13 8-14 17L8 150h104l-4-62c-1-9-5-14-14-17l-21-7c-5-2-7-4-7-8v-8c5-3 9-9 9-17 0-10-6-17-15-17Z" />
      <path className="figure-spine" d="M60 66v84" />
    </svg>
  );
}
