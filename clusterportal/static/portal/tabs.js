// Tabs whose tab is a link, so that they work without script: the design system opens the panel on a click or an
// arrow key; this keeps the address, and the date bar that reloads it, in step with the panel that is open.
(function () {
  "use strict";

  function selected(container) {
    return container.querySelector('a[role="tab"][aria-selected="true"]');
  }

  // The link's own panel is in the page already, so it needs no loading; a new window is the reader's own wish.
  document.addEventListener("click", function (event) {
    const tab = event.target instanceof Element ? event.target.closest('a[role="tab"]') : null;
    if (tab && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
    }
  });

  // A tab is opened with the space bar too, which a link does not do by itself.
  document.addEventListener("keydown", function (event) {
    if (event.key === " " && event.target instanceof Element && event.target.matches('a[role="tab"]')) {
      event.preventDefault();
      event.target.click();
    }
  });

  // The event does not bubble, so it is heard on its way down.
  document.addEventListener("fds.tab.changed", function (event) {
    const tab = selected(event.target);
    if (!tab) {
      return;
    }
    const url = new URL(tab.href);
    history.replaceState(null, "", url);
    const form = document.querySelector("form.asof");
    if (form) {
      const field = form.querySelector('input[name="fane"]') || form.appendChild(document.createElement("input"));
      field.type = "hidden";
      field.name = "fane";
      field.value = url.searchParams.get("fane");
    }
    for (const link of document.querySelectorAll('.asof a[href*="?"]')) {
      const there = new URL(link.href);
      there.searchParams.set("fane", url.searchParams.get("fane"));
      link.href = there.href;
    }
  }, true);
})();
