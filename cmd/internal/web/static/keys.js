// Keys for who likes them; every page works without.
"use strict";
(() => {
  const typing = (e) => e.isComposing || e.ctrlKey || e.altKey || e.metaKey ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName) || e.target.isContentEditable;
  const step = (by) => {
    const stops = [...document.querySelectorAll(".stop")];
    const at = stops.findIndex((s) => s.classList.contains("here"));
    const next = stops[at < 0 ? (by > 0 ? 0 : stops.length - 1) : Math.min(Math.max(at + by, 0), stops.length - 1)];
    if (!next) return;
    if (at >= 0) stops[at].classList.remove("here");
    next.classList.add("here");
    (next.querySelector("a") || next).focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  };
  const keys = {
    "/": () => { const q = document.getElementById("q"); if (q) { q.focus(); q.select(); } },
    "j": () => step(1),
    "k": () => step(-1),
    "?": () => { const d = document.getElementById("keys"); d.open = !d.open; if (d.open) d.scrollIntoView({ block: "nearest" }); },
  };
  document.addEventListener("keydown", (e) => {
    if (typing(e) || !keys[e.key]) return;
    e.preventDefault();
    keys[e.key]();
  });
  const sort = document.getElementById("sort"), q = document.getElementById("q");
  if (sort) sort.addEventListener("change", () => { if (q.value) sort.form.requestSubmit(); });
})();
