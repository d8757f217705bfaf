// Keys of the workplace. Everything they do can be done without them; keys are read by place, so any layout works.
"use strict";
(() => {
  const OFF = "kazna-keys-off";
  const help = document.querySelector("dialog.keys");
  const rows = [...document.querySelectorAll("tr[data-row]")];
  let at = -1;

  const isOff = () => localStorage.getItem(OFF) === "1";
  const isTyping = (target) => target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const press = (selector) => { const found = document.querySelector(selector); if (found) found.click(); return Boolean(found); };

  function stand(next) {
    if (!rows.length) return;
    if (at >= 0) rows[at].classList.remove("is-here");
    at = Math.max(0, Math.min(rows.length - 1, next));
    rows[at].classList.add("is-here");
    const link = rows[at].querySelector("a");
    if (link) link.focus({ preventScroll: true });
    rows[at].scrollIntoView({ block: "nearest" });
  }

  function tick(row) {
    const box = row && row.querySelector("input[type=checkbox]");
    if (box) { box.checked = !box.checked; mark(row, box); }
  }

  function mark(row, box) { row.classList.toggle("is-ticked", box.checked); count(); }

  function count() {
    const told = document.querySelector("[data-ticked]");
    if (told) told.textContent = document.querySelectorAll("tr[data-row] input[type=checkbox]:checked").length;
  }

  const ACTS = {
    KeyJ: () => stand(at + 1), ArrowDown: () => stand(at + 1),
    KeyK: () => stand(at - 1), ArrowUp: () => stand(at - 1),
    KeyX: () => tick(rows[at]),
    KeyA: () => rows.forEach(tick),
    KeyT: () => press("[data-key=take]"),
    KeyN: () => press("[data-key=next]"),
    KeyU: () => press("[data-key=up]"),
    Digit1: () => press("[data-key=grant]"), Numpad1: () => press("[data-key=grant]"),
    Digit2: () => press("[data-key=refuse]"), Numpad2: () => press("[data-key=refuse]"),
    KeyR: () => { const field = document.querySelector("[data-key=ground]"); if (field) field.focus(); },
    KeyW: () => { const field = document.querySelector("#id_reason"); if (field) field.focus(); },
    KeyZ: () => press("[data-key=undo]"),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isTyping(event.target)) { event.target.blur(); return; }
    if (event.ctrlKey && event.key === "Enter") { if (press("[data-key=decide]")) event.preventDefault(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || (help && help.open)) return;
    if (event.key === "?" || (event.shiftKey && (event.code === "Slash" || event.code === "Digit7"))) {
      if (help) { help.showModal(); event.preventDefault(); }
      return;
    }
    if (isOff() || event.shiftKey) return;
    if (event.code === "Slash") { const field = document.querySelector("[data-key=search]"); if (field) { field.focus(); event.preventDefault(); } return; }
    if (event.code.startsWith("Arrow") && (!rows.length || event.target.matches("input[type=radio]"))) return;
    const act = ACTS[event.code];
    if (act) { act(); event.preventDefault(); }
  });

  rows.forEach((row, place) => {
    row.addEventListener("focusin", () => { if (at !== place) { if (at >= 0) rows[at].classList.remove("is-here"); at = place; row.classList.add("is-here"); } });
    const box = row.querySelector("input[type=checkbox]");
    if (box) box.addEventListener("change", () => mark(row, box));
  });

  // The ground belongs to one of the two answers: choosing it chooses the answer.
  const ground = document.querySelector("[data-key=ground]");
  if (ground) ground.addEventListener("change", () => press(`[data-key=${ground.value.split(":")[0]}]`));

  if (help) {
    const box = help.querySelector("input[type=checkbox]");
    box.checked = isOff();
    box.addEventListener("change", () => localStorage.setItem(OFF, box.checked ? "1" : "0"));
    document.querySelectorAll("[data-key=help]").forEach((button) => { button.hidden = false; button.addEventListener("click", () => help.showModal()); });
  }
  if (rows.length) stand(0);
})();
