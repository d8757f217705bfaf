/* What plain pages cannot do: install, keep pages for reading offline, push messages, keys of the device.
   Everything else works without scripts. Buttons stand hidden in the page until the browser can do their work. */
(() => {
  const $ = (selector) => document.querySelector(selector);
  const token = () => ($("input[name=csrfmiddlewaretoken]") || {}).value || "";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const words = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const OURS = /(Android|iPhone|iPad|Windows|Macintosh|Linux)/;
  const device = () => (navigator.userAgent.match(OURS) || ["", ""])[0] || "Браузер";

  async function post(address, values) {
    const body = new URLSearchParams({ ...values, csrfmiddlewaretoken: token() });
    const answer = await fetch(address, { method: "POST", body, credentials: "same-origin" });
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(told.problem || document.body.dataset.failed || "");
    return told;
  }

  function offer(button, work) {
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", async (event) => {
      event.preventDefault();
      const said = document.getElementById(button.getAttribute("aria-describedby"));
      button.disabled = true;
      try {
        await work(button);
      } catch (problem) {
        if (said) said.textContent = problem.message || button.dataset.failed || "";
      } finally {
        button.disabled = false;
      }
    });
  }

  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register("/worker.js").catch(() => {});
    navigator.serviceWorker.addEventListener("message", (event) => {
      const button = $("#keep_offline");
      if (event.data.kept && button) document.getElementById("kept_offline").textContent = button.dataset.done;
    });
    document.querySelectorAll("form[data-ends-session]").forEach((form) => form.addEventListener("submit", () => {
      if (navigator.serviceWorker.controller) navigator.serviceWorker.controller.postMessage({ forget: true });
      if (window.caches) caches.delete("kazna-mine");
    }));
  }

  offer("serviceWorker" in navigator && window.caches && $("#keep_offline"), async (button) => {
    const ready = await navigator.serviceWorker.ready;
    await caches.open("kazna-mine");
    document.getElementById("kept_offline").textContent = button.dataset.doing;
    ready.active.postMessage({ keep: JSON.parse(button.dataset.addresses) });
  });
  offer("serviceWorker" in navigator && window.caches && $("#forget_offline"), async (button) => {
    await caches.delete("kazna-mine");
    document.getElementById("kept_offline").textContent = button.dataset.done;
  });

  offer("PushManager" in window && $("#push_on"), async (button) => {
    const ready = await navigator.serviceWorker.ready;
    const made = await ready.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(button.dataset.key) });
    await post(button.dataset.address, { endpoint: made.endpoint, p256dh: words(made.getKey("p256dh")), auth: words(made.getKey("auth")), name: device() });
    location.reload();
  });

  // What others change: the server rings, the page asks for itself anew and swaps the part. A hidden part is only shown,
  // and nothing moves under a hand.
  document.querySelectorAll("[data-live]").forEach((part) => {
    const rings = new EventSource(part.dataset.live);
    rings.addEventListener("changed", async () => {
      if (part.hidden) { part.hidden = false; return; }
      if (part.contains(document.activeElement)) return;
      const answer = await fetch(location.href, { headers: { "X-Renews-Itself": "1" } }).catch(() => null);
      if (!answer || !answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
      if (fresh) part.replaceChildren(...fresh.childNodes);
    });
    window.addEventListener("pagehide", () => rings.close());
  });

  const parsed = (options) => ({
    ...options, challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    ...(options.excludeCredentials && { excludeCredentials: options.excludeCredentials.map((one) => ({ ...one, id: bytes(one.id) })) }),
    ...(options.allowCredentials && { allowCredentials: options.allowCredentials.map((one) => ({ ...one, id: bytes(one.id) })) }),
  });
  const answered = (made) => JSON.stringify({
    id: made.id, rawId: words(made.rawId), type: made.type,
    response: Object.fromEntries(["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].filter((name) => made.response[name]).map((name) => [name, words(made.response[name])])),
  });

  offer(window.PublicKeyCredential && $("#add_key"), async (button) => {
    const options = await post(button.dataset.begin, {});
    const made = await navigator.credentials.create({ publicKey: parsed(options) });
    await post(button.dataset.finish, { answer: answered(made), name: device() });
    location.reload();
  });
  offer(window.PublicKeyCredential && $("#use_key"), async (button) => {
    const options = await post(button.dataset.begin, {});
    const made = await navigator.credentials.get({ publicKey: parsed(options) });
    const told = await post(button.dataset.finish, { answer: answered(made), next: button.dataset.next });
    location.assign(told.address);
  });
})();
