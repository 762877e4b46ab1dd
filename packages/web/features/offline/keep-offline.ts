/**
 * Begins to keep the app for later visits without a network, once the page has everything that it needs itself. Only pages for those who
 * are signed in call it: a visitor who never signs up downloads nothing. The development server's pages change too often to be kept.
 */
export function keepOffline(): void {
  if (process.env.NODE_ENV !== "production") return;
  const keep = () =>
    import("./browser-shell.ts")
      .then(({ keepShell }) => keepShell())
      .catch(() => {
        // The network went away, or storage is switched off. The next visit tries again.
      });
  if (document.readyState === "complete") setTimeout(keep);
  else addEventListener("load", () => setTimeout(keep), { once: true });
}
