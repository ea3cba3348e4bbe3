// Starts the design system's components (menu, tabs, export menu, error summary), once for the page and again for
// each fragment that htmx has swapped in. A component must lie inside the fragment's root element, not be the root.
(function () {
  "use strict";

  // Without script the "?" beside a word leads to the word list; with it, it is the button of a small note.
  function explain(scope) {
    for (const link of scope.querySelectorAll("a.tooltip-target")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = link.className;
      button.setAttribute("aria-label", link.getAttribute("aria-label"));
      button.append(...link.childNodes);
      link.replaceWith(button);
    }
  }

  explain(document);
  DKFDS.init();

  function start(scope) {
    if (!(scope instanceof Element)) {
      return;
    }
    explain(scope);
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
