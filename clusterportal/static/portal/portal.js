// Starts the design system's components (menu, tabs, export menu, error summary), once for the page and again for
// each fragment that htmx has swapped in. A component must lie inside the fragment's root element, not be the root.
(function () {
  "use strict";

  DKFDS.init();

  document.addEventListener("htmx:afterSwap", function (event) {
    if (!(event.target instanceof Element)) {
      return;
    }
    // DKFDS.init builds the main menu's "more" item anew on every call, whatever the scope; hide the menu from it.
    const menu = document.querySelector(".navigation-menu");
    if (menu) {
      menu.classList.remove("navigation-menu");
    }
    try {
      DKFDS.init({ scope: event.target });
    } finally {
      if (menu) {
        menu.classList.add("navigation-menu");
      }
    }
  });
})();
