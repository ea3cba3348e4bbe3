// What was typed when the login ended, or when the page was too old: kept in this window while the reader logs in, and
// put back into its form on the page where it was written. Nothing is sent; the reader does that. Without script the
// page that says so sends the form on by itself.
(function () {
  "use strict";

  const KEY = "kept";
  const CSRF = "csrfmiddlewaretoken";

  function each(data) {
    return [...data].filter(([name, value]) => name !== CSRF && typeof value === "string");
  }

  // On the page that says that nothing was saved.
  const kept = document.querySelector("form[data-kept-page]");
  if (kept) {
    for (const part of document.querySelectorAll("[data-scripted]")) {
      part.hidden = false;
    }
    const hasFiles = "keptFiles" in kept.dataset;
    const remember = function () {
      sessionStorage.setItem(KEY, JSON.stringify({
        page: kept.dataset.keptPage, action: kept.getAttribute("action"), hasFiles: hasFiles,
        pairs: each(new FormData(kept)),
      }));
    };
    document.querySelector("[data-kept-go]").addEventListener("click", remember);
    return;
  }

  const notice = document.querySelector("template#kept-notice");
  const stored = JSON.parse(sessionStorage.getItem(KEY) || "null");
  if (!notice || !stored || stored.page !== location.pathname + location.search) {
    return;
  }
  sessionStorage.removeItem(KEY);

  function names(form) {
    return new Set([...form.elements].map((control) => control.name));
  }

  function known(form) {
    const here = names(form);
    return stored.pairs.filter(([name]) => here.has(name)).length;
  }

  // Of the forms that are sent where this one was, the one that knows most of what was typed.
  const sentThere = [...document.forms].filter((form) =>
    form.method === "post" && new URL(form.getAttribute("action") || "", location).href
      === new URL(stored.action, location).href);
  const form = sentThere.sort((one, other) => known(other) - known(one))[0];

  function put(control, values) {
    if (control.type === "checkbox" || control.type === "radio") {
      control.checked = values.includes(control.value);
    } else if (control.type === "select-multiple") {
      for (const option of control.options) {
        option.selected = values.includes(option.value);
      }
    } else if (control.name === CSRF || ["submit", "button", "file"].includes(control.type) || !values.length) {
      return;
    } else {
      control.value = values.shift();
    }
    if (control.type !== "hidden") {
      control.dispatchEvent(new Event("input", { bubbles: true }));
      control.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  function fill() {
    const typed = new Map(stored.pairs.map(([name]) => [name, []]));
    stored.pairs.forEach(([name, value]) => typed.get(name).push(value));
    for (const control of form.elements) {
      put(control, typed.get(control.name) || []);
    }
    const folded = form.closest("details");
    if (folded) {
      folded.open = true;
    }
  }

  // A form whose lines the reader added has fewer of them here: the server draws it as it was typed, and saves nothing.
  function drawAgain() {
    for (const [name, value] of [...stored.pairs, [form.dataset.drawAgain, "0"]]) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      again.append(field);
    }
    again.append(form.elements[CSRF].cloneNode());
    document.body.append(again);
    sessionStorage.setItem(KEY, JSON.stringify({ ...stored, isDrawn: true }));
    again.submit();
  }

  function tell(lost) {
    const said = notice.content.cloneNode(true);
    for (const part of said.querySelectorAll("[data-when]")) {
      part.hidden = !{ files: stored.hasFiles, lost: lost.length > 0, whole: lost.length === 0 }[part.dataset.when];
    }
    said.querySelector("[data-lost]").append(...lost.map(function (text) {
      const item = document.createElement("li");
      item.textContent = text;
      return item;
    }));
    const box = said.firstElementChild;
    document.getElementById("content").prepend(said);
    box.focus();
  }

  const here = form ? names(form) : new Set();
  const lost = stored.pairs.filter(([name, value]) => !here.has(name) && value.trim());
  const again = Object.assign(document.createElement("form"), { method: "post", hidden: true });
  if (stored.isDrawn) {
    tell([]);
  } else if (form && lost.length && form.dataset.drawAgain) {
    again.action = stored.action;
    drawAgain();
  } else {
    if (form) {
      fill();
    }
    tell(lost.map(([, value]) => value).filter((value) => /\D/.test(value)));
  }
})();
