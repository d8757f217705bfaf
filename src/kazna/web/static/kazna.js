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
      sessionStorage.removeItem("kazna-typed");
    }));
  }

  document.querySelectorAll("form[data-watch]").forEach((form) => form.addEventListener("submit", () => {
    const panel = form.querySelector("[data-watched]");
    const bar = panel.querySelector("progress");
    const left = panel.querySelector("[data-left]");
    panel.hidden = false;
    form.querySelectorAll("button").forEach((button) => { button.disabled = true; });
    const look = async () => {
      const answer = await fetch(form.dataset.watch, { credentials: "same-origin" }).catch(() => null);
      const told = answer && answer.ok ? await answer.json().catch(() => ({})) : {};
      if (told.done === undefined) return;
      bar.value = told.done;
      left.textContent = left.dataset.left.replace("#", told.left);
    };
    const timer = setInterval(look, 1000);
    window.addEventListener("pageshow", () => {
      clearInterval(timer);
      panel.hidden = true;
      form.querySelectorAll("button").forEach((button) => { button.disabled = false; });
    });
  }));

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

  // A form: a second click sends nothing; without a network nothing is sent and nothing is lost; what was typed waits
  // in this tab for a quarter of an hour, in case the network breaks on the way.
  const TYPED = "kazna-typed", FRESH = 15 * 60 * 1000, AGAIN = 20000, SLOW = 1500;
  const here = () => location.pathname + location.search;
  const typedIn = (form) => [...form.elements].filter((one) => one.name && !["hidden", "password", "file", "submit", "button"].includes(one.type));
  const stored = () => { try { return JSON.parse(sessionStorage.getItem(TYPED)); } catch { return null; } };

  const keep = (typed) => { try { sessionStorage.setItem(TYPED, JSON.stringify(typed)); } catch { /* no room: the page still works */ } };

  function tell(form, words, role) {
    let said = form.querySelector("[data-said]");
    if (!said) { said = document.createElement("p"); said.dataset.said = ""; form.append(said); }
    said.setAttribute("role", role);
    said.className = role === "alert" ? "wrong" : "muted";
    said.textContent = words;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (!navigator.onLine) { event.preventDefault(); tell(form, document.body.dataset.offline, "alert"); return; }
    form.dataset.sent = "1";
    const values = typedIn(form).map((one) => [one.name, one.value, one.checked || false]);
    keep({ page: here(), form: form.getAttribute("action") || "", values, at: Date.now() });
    const slow = setTimeout(() => tell(form, document.body.dataset.sending, "status"), SLOW);
    setTimeout(() => { clearTimeout(slow); delete form.dataset.sent; const said = form.querySelector("[data-said]"); if (said) said.textContent = ""; }, AGAIN);
  });

  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();  // kept by the browser as it was: what it shows may be past
  });

  (() => {
    if (document.body.dataset.unsent !== undefined) {
      const back = $("#unsent_back");
      if (back && stored()) { back.hidden = false; back.addEventListener("click", () => { keep({ ...stored(), back: true }); location.replace(stored().page); }); }
      return;
    }
    const kept = stored(), [came] = performance.getEntriesByType("navigation");
    if (!kept) return;
    // A page that came from the page of the form: the form was answered, or left.
    const isAnswer = !kept.back && (!came || came.type === "navigate") && document.referrer === location.origin + kept.page;
    if (isAnswer || Date.now() - kept.at > FRESH) { sessionStorage.removeItem(TYPED); return; }
    keep({ ...kept, back: false });
    const form = kept.page === here() && [...document.querySelectorAll("form[method=post]")].find((one) => (one.getAttribute("action") || "") === kept.form);
    if (!form) return;
    const fields = typedIn(form);
    kept.values.forEach(([name, value, checked]) => {
      const at = fields.findIndex((one) => one.name === name && (!["checkbox", "radio"].includes(one.type) || one.value === value));
      if (at < 0) return;
      const [field] = fields.splice(at, 1);
      if (["checkbox", "radio"].includes(field.type)) field.checked = checked; else field.value = value;
    });
  })();

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
