// Makes each name of "Who can be mentioned?" a button that writes it where the cursor stands in the comment.
(function () {
  "use strict";

  for (const form of document.querySelectorAll("form[data-mentions]")) {
    const text = form.querySelector("textarea");
    for (const name of form.querySelectorAll("[data-mention]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "linklike";
      button.textContent = name.textContent;
      button.addEventListener("click", function () {
        const before = text.value.slice(0, text.selectionStart);
        const gap = before === "" || /\s$/.test(before) ? "" : " ";
        text.setRangeText(gap + "@" + name.dataset.mention + " ", text.selectionStart, text.selectionEnd, "end");
        text.dispatchEvent(new Event("input", { bubbles: true }));
        text.focus();
      });
      name.replaceChildren(button);
    }
  }
})();
