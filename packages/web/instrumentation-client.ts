// Runs before everything else in the browser.

declare global {
  interface Window {
    readonly trustedTypes?: {
      createPolicy(name: "default", rules: { createScriptURL(url: string): string | null }): unknown;
    };
  }
}

// The page's policy lets no text become markup or code. Next's runtime loads chunks by their addresses, and `features/offline` registers the
// service worker: those alone are let through.
window.trustedTypes?.createPolicy("default", {
  createScriptURL(url) {
    const { origin, pathname } = new URL(url, location.href);
    const isOwnScript = pathname.startsWith("/_next/static/") || pathname === "/sw.js";
    return origin === location.origin && isOwnScript ? url : null;
  },
});

// The contract's schemas would compile themselves with `new Function`, and try it even where the page's policy forbids it. Their library
// reads this global when it loads, which comes after this module; importing it here would put it into every page.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

export {};
