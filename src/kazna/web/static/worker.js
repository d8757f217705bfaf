/* The service worker: pages of the cabinet are kept on a device whose owner asked for it, and read without a network.
   Nothing else is kept; signing out and a session that ended clear everything. */
const SHELL = "kazna-shell-2", MINE = "kazna-mine";
const PARTS = ["/offline/", "/offline/?unsent=1", "/static/kazna.css", "/static/kazna.js", "/static/fonts/golos-text-cyrillic.woff2", "/static/fonts/golos-text-latin.woff2"];
const KEPT = [/^\/my\/$/, /^\/my\/payments\/$/, /^\/my\/rights\/$/, /^\/my\/inbox\/$/, /^\/my\/inbox\/\d+\/[0-9a-f-]+\/$/, /^\/my\/decisions\/[0-9a-f-]+\/$/, /^\/my\/data\/$/];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((shell) => shell.addAll(PARTS)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== SHELL && name !== MINE) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("message", (event) => {
  if (event.data.forget) event.waitUntil(caches.delete(MINE));
  if (event.data.keep) event.waitUntil(keep(event.data.keep));
});

async function keep(addresses) {
  const mine = await caches.open(MINE);
  for (const address of addresses) {
    try {
      const answer = await fetch(address, { credentials: "same-origin" });
      if (answer.ok && !answer.redirected) await mine.put(address, answer);
    } catch { return; }
  }
  for (const client of await self.clients.matchAll()) client.postMessage({ kept: true });
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (address.origin !== self.location.origin) return;
  if (event.request.method === "POST" && event.request.mode === "navigate" && !/multipart/.test(event.request.headers.get("Content-Type") || "")) {
    event.respondWith(fetch(event.request).catch(() => caches.match("/offline/?unsent=1", { ignoreVary: true })));
  }
  if (event.request.method !== "GET") return;
  if (address.pathname.startsWith("/static/")) event.respondWith(fromShell(event.request));
  else if (event.request.mode === "navigate") event.respondWith(page(event.request, address));
});

async function fromShell(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request, { ignoreSearch: true, ignoreVary: true })) || Response.error();
  }
}

async function page(request, address) {
  try {
    const answer = await fetch(request);
    const landed = new URL(answer.url || request.url).pathname;
    if (landed.startsWith("/login/") || landed === "/logout/") await caches.delete(MINE);
    else if (answer.ok && !answer.redirected && !address.search && KEPT.some((one) => one.test(address.pathname)) && (await caches.has(MINE))) {
      await (await caches.open(MINE)).put(address.pathname, answer.clone());
    }
    return answer;
  } catch {
    const kept = (await caches.has(MINE)) && (await (await caches.open(MINE)).match(address.pathname, { ignoreVary: true }));
    return kept || (await caches.match("/offline/", { ignoreVary: true }));
  }
}

self.addEventListener("push", (event) => {
  let told = {};
  try { told = event.data.json(); } catch { /* shown without a title of its own */ }
  event.waitUntil(self.registration.showNotification(told.title || "Казна", { data: told.address || "/my/inbox/", lang: "ru", icon: "/static/app-192.png" }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const address = String(event.notification.data || "/my/");
  event.waitUntil(self.clients.openWindow(address.startsWith("/my/") ? address : "/my/"));
});
