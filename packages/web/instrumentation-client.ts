// Runs before all other code in the browser.

declare global {
  interface Window {
    readonly trustedTypes?: {
      createPolicy(name: "default", rules: { createScriptURL(url: string): string | null }): unknown;
    };
  }
}

// The content security policy blocks scripts from strings (Trusted Types). This policy allows only the URLs that
// Next.js loads chunks from, and the service worker that `features/offline` registers.
window.trustedTypes?.createPolicy("default", {
  createScriptURL(url) {
    const { origin, pathname } = new URL(url, location.href);
    const isOwnScript = pathname.startsWith("/_next/static/") || pathname === "/sw.js";
    return origin === location.origin && isOwnScript ? url : null;
  },
});

// Disables Zod's JIT compiler, which tries `new Function` even if the content security policy forbids it. Zod reads
// this global when it loads, which is after this module. Importing Zod here would add it to every page.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

export {};
