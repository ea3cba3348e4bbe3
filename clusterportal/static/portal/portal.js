// Starts the design system's components (menu, tabs, export menu, error summary), once for the page and again for
// each fragment that htmx has swapped in. A component must lie inside the fragment's root element, not be the root.
(function () {
  "use strict";

  DKFDS.init();

  function start(scope) {
    if (!(scope instanceof Element)) {
      return;
    }
    // DKFDS.init builds the main menu's "more" item anew on every call, whatever the scope; hide the menu from it.
    const menu = document.querySelector(".navigation-menu");
    if (menu) {
      menu.classList.remove("navigation-menu");
    }
    try {
      DKFDS.init({ scope: scope });
    } finally {
      if (menu) {
        menu.classList.add("navigation-menu");
      }
    }
  }

  document.addEventListener("htmx:afterSwap", function (event) {
    start(event.target);
  });

  // What is swapped elsewhere than where the request aimed: told several times, on elements that are not the target.
  const started = new WeakSet();
  document.addEventListener("htmx:oobAfterSwap", function (event) {
    if (!started.has(event.detail.fragment)) {
      started.add(event.detail.fragment);
      start(event.detail.target);
    }
  });
})();
