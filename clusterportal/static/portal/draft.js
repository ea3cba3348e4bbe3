// Keeps the draft of a status a moment after the typing stops, and when the page is left. The button "Save draft"
// does the same without script. What the reader is told stands in the page, in the reader's language.
(function () {
  "use strict";

  const PAUSE = 1500;
  const form = document.querySelector("form[data-draft]");
  if (!form) {
    return;
  }
  const words = form.querySelector("[data-draft-words]");
  const status = form.querySelector("[data-draft-status]");
  const version = form.elements.draft_version;
  let timer = null;
  let saving = null;
  let filing = false;

  function tell(text, isTrouble) {
    words.textContent = text;
    // A save is not announced each time; trouble is.
    status.textContent = isTrouble ? text : "";
  }

  function contents() {
    const data = new FormData(form);
    data.set("draft", "1");
    return data;
  }

  async function send(keepalive) {
    saving = new AbortController();
    const answer = await fetch(form.action, {
      method: "POST", body: contents(), headers: { Accept: "application/json" }, redirect: "manual",
      keepalive: keepalive, signal: saving.signal,
    });
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      tell(words.dataset.loggedOut, true);
      return;
    }
    const told = await answer.json();
    if (answer.ok) {
      version.value = told.version;
    }
    tell(told.words, !answer.ok);
  }

  function save(keepalive) {
    clearTimeout(timer);
    timer = null;
    if (saving) {
      // One at a time: the next one needs the version that this one is given.
      timer = setTimeout(save, PAUSE);
      return;
    }
    send(keepalive === true).catch(function () {
      if (!filing) {
        tell(words.dataset.failed, true);
      }
    }).finally(function () {
      saving = null;
    });
  }

  form.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
    words.textContent = words.dataset.waiting;
  });

  // What is sent on purpose replaces what was to be kept.
  form.addEventListener("submit", function () {
    filing = true;
    clearTimeout(timer);
    timer = null;
    if (saving) {
      saving.abort();
    }
  });

  window.addEventListener("pagehide", function () {
    if (timer !== null && !filing) {
      save(true);
    }
  });

  // Back from the page that followed: go on keeping.
  window.addEventListener("pageshow", function () {
    filing = false;
  });
})();
