/** Made once, when it is first asked for. */
export function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | null = null;
  return () => {
    loading ??= make();
    // A page that was offline for a moment may try again.
    loading.catch(() => (loading = null));
    return loading;
  };
}
