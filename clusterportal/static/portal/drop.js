// Closes an open panel of the toolbar with Escape, by a click elsewhere, or when another one opens. They open without script.
(function () {
  "use strict";

  function close(except) {
    document.querySelectorAll("details.drop[open]").forEach(function (panel) {
      if (panel !== except) {
        panel.open = false;
      }
    });
  }

  document.addEventListener("click", function (event) {
    close(event.target.closest("details.drop"));
  });

  document.addEventListener("keydown", function (event) {
    const panel = event.target.closest("details.drop[open]");
    if (event.key === "Escape" && panel) {
      panel.open = false;
      panel.querySelector("summary").focus();
    }
  });
})();
