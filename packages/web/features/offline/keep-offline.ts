/**
 * Starts to cache the app for offline use, after the page has loaded. Only pages for signed-in users call it, so
 * visitors who never sign up download nothing. Does nothing on the development server, whose pages change too often.
 */
export function keepOffline(): void {
  if (process.env.NODE_ENV !== "production") return;
  const keep = () =>
    import("./browser-shell.ts")
      .then(({ keepShell }) => keepShell())
      .catch(() => {
        // The network failed or storage is disabled. The next visit tries again.
      });
  if (document.readyState === "complete") setTimeout(keep);
  else addEventListener("load", () => setTimeout(keep), { once: true });
}
